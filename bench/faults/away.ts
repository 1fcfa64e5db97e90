import { setTimeout as pause } from 'node:timers/promises';
import { scratchFolder } from '../harness/folder.ts';
import { type Server, startServer } from '../harness/server.ts';
import { isBehind, logComplaints } from './checks.ts';
import {
  ackedSoFar,
  allSettled,
  rowOf,
  setFaults,
  startTalks,
  type Talk,
  talking,
} from './people.ts';

export type Away = {
  seconds: number;
  /** Messages acked while the database was away. */
  acked: number;
  /** Seconds from its return until every row was right, through the objects' own alarms. */
  healed: number;
  complaints: string[];
};

/** The longest time in milliseconds between the last retry before the return and the next one. */
const PATIENCE = 150_000;
/** Milliseconds between two checks of the rows. */
const LOOK_EVERY = 50;

/**
 * Waits until each row has the last entry of its conversation; nobody may write meanwhile.
 *
 * @param from the end of the fault, by `performance.now()`
 * @returns the seconds since then; NaN if it did not happen
 */
export async function rowsFollow(
  server: Server,
  talks: readonly Talk[],
  from: number,
): Promise<number> {
  const left = new Set(talks);
  while (performance.now() - from < PATIENCE) {
    for (const talk of left) {
      const last = talk.clients[0].state.messages.at(-1)?.seq;
      // An idle connection may have been closed: the next check opens another.
      const row = await rowOf(server, talk.conversation).catch(() => null);
      if (row?.last_seq === last) left.delete(talk);
    }
    if (left.size === 0) return (performance.now() - from) / 1_000;
    await pause(LOOK_EVERY);
  }
  return Number.NaN;
}

/** P7: the database is away for a while; the chat continues, and the rows follow once it is back. */
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
  const healed = await rowsFollow(server, talks, back);
  const complaints: string[] = [];
  const lag = await Promise.all(talks.map((talk) => isBehind(server, talk)));
  if (lag.includes(true)) complaints.push('a row is not what its log says');
  if (acked === 0) complaints.push('nothing was acked while the database was away');
  if (Number.isNaN(healed)) complaints.push('the rows did not follow once it was back');
  for (const talk of talks) {
    complaints.push(...(await logComplaints(server, talk, new Map())));
    for (const client of talk.clients) client.stop();
  }
  await server.stop();
  return { seconds, acked, healed, complaints };
}
