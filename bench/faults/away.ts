import { setTimeout as pause } from 'node:timers/promises';
import { scratchFolder } from '../harness/folder.ts';
import { startServer } from '../harness/server.ts';
import { isBehind, logComplaints } from './checks.ts';
import { ackedSoFar, allSettled, setFaults, startTalks, talking } from './people.ts';

export type Away = {
  seconds: number;
  /** Messages acked while the database was away. */
  acked: number;
  /** Seconds from its return until every row was right, by the objects' own alarms. */
  healed: number;
  found: string[];
};

/** Milliseconds: the last retry before the return was at most so long before the next one. */
const PATIENCE = 150_000;

/** P7: no database for a while; the chat goes on, and the rows follow once it is back. */
export async function goAway(seconds: number): Promise<Away> {
  const server = await startServer({ folder: scratchFolder(), faults: true });
  const talks = await startTalks(server, 4);
  await allSettled(talks);
  const count = () => talks.reduce((sum, talk) => sum + ackedSoFar(talk).length, 0);
  await setFaults(server, { away: true });
  const before = count();
  const load = talking(talks);
  await pause(seconds * 1_000);
  load.stop();
  await allSettled(talks);
  const acked = count() - before;
  await setFaults(server, { away: false });
  const back = performance.now();
  let healed = Number.NaN;
  while (Number.isNaN(healed) && performance.now() - back < PATIENCE) {
    const lag = await Promise.all(talks.map((talk) => isBehind(server, talk)));
    if (!lag.includes(true)) healed = (performance.now() - back) / 1_000;
    else await pause(250);
  }
  const found: string[] = [];
  if (acked === 0) found.push('nothing was acked while the database was away');
  if (Number.isNaN(healed)) found.push('the rows did not follow once it was back');
  for (const talk of talks) {
    found.push(...(await logComplaints(server, talk, new Map())));
    for (const client of talk.clients) client.stop();
  }
  await server.stop();
  return { seconds, acked, healed, found };
}
