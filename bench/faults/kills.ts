import { setTimeout as pause } from 'node:timers/promises';
import { scratchFolder } from '../harness/folder.ts';
import { startServer } from '../harness/server.ts';
import { logComplaints, projectionComplaints } from './checks.ts';
import {
  ackedSoFar,
  allSettled,
  reconnect,
  setFaults,
  startTalks,
  type Talk,
  talking,
} from './people.ts';

/** The number of conversations at once. */
const TALKS = 8;

/** The most milliseconds under load before the next kill. */
const LIFE = 1_500;

/** The most that the clock is off after a start: less than the lifetime of a session. */
const SKEW = 6 * 60 * 60_000;

export type Killed = {
  kills: number;
  written: number;
  acked: number;
  /** Rows that lagged behind their logs at the end, before the alarms had run. */
  behind: number;
  complaints: string[];
};

/**
 * Kills the whole server with SIGKILL at random moments under load and starts it again on the same storage,
 * while some of the database's calls fail and each start has another time of day.
 */
export async function killOften(kills: number): Promise<Killed> {
  const folder = scratchFolder();
  let server = await startServer({ folder, faults: true });
  const { port } = server;
  const talks = await startTalks(server, TALKS);
  await allSettled(talks);
  const acked = talks.map(() => new Map<string, number>());
  const load = talking(talks);
  for (let kill = 0; kill < kills; kill++) {
    await setFaults(server, { failing: 0.2, skew: (Math.random() * 2 - 1) * SKEW });
    reconnect(talks);
    await pause(Math.random() * LIFE);
    await server.kill();
    for (const [index, talk] of talks.entries()) remember(talk, acked[index]);
    server = await startServer({ folder, port, faults: true });
  }
  await setFaults(server, { failing: 0.2 });
  reconnect(talks);
  await pause(LIFE);
  const written = load.stop();
  await allSettled(talks);
  await setFaults(server, { failing: 0 });
  const complaints: string[] = [];
  let behind = 0;
  for (const [index, talk] of talks.entries()) {
    complaints.push(...(await logComplaints(server, talk, acked[index] ?? new Map())));
    const projection = await projectionComplaints(server, talk);
    complaints.push(...projection.complaints);
    if (projection.behind) behind += 1;
    remember(talk, acked[index]);
    for (const client of talk.clients) client.stop();
  }
  await server.stop();
  const sum = acked.reduce((total, { size }) => total + size, 0);
  return { kills, written, acked: sum, behind, complaints };
}

function remember(talk: Talk, acked: Map<string, number> | undefined): void {
  for (const [id, seq] of ackedSoFar(talk)) acked?.set(id, seq);
}
