import { setTimeout as pause } from 'node:timers/promises';
import { scratchFolder } from '../harness/folder.ts';
import { startServer } from '../harness/server.ts';
import { canLimitDisk, fillDisk } from '../harness/small-disk.ts';
import { logComplaints, projectionComplaints } from './checks.ts';
import { ackedSoFar, allSettled, startTalks, talking } from './people.ts';

export type Full = {
  seconds: number;
  written: number;
  /** Messages acked while the disk was full, in the free space of its files. */
  acked: number;
  /** Seconds from when there was space again until everything written was acked. */
  recovered: number;
  complaints: string[];
};

const MEGABYTES = 32;

/** A disk that is full while people talk; null if the system allows no such disk. */
export async function fillUp(seconds: number): Promise<Full | null> {
  if (!canLimitDisk()) return null;
  const folder = scratchFolder();
  const server = await startServer({ folder, faults: true, megabytes: MEGABYTES });
  const talks = await startTalks(server, 4);
  await allSettled(talks);
  const count = () => talks.reduce((sum, talk) => sum + ackedSoFar(talk).length, 0);
  const load = talking(talks);
  await pause(500);
  const empty = fillDisk(server.pid, folder);
  const before = count();
  await pause(seconds * 1_000);
  const acked = talks.map((talk) => new Map(ackedSoFar(talk)));
  const meanwhile = count() - before;
  const written = load.stop();
  empty();
  const spaceFreedAt = performance.now();
  await allSettled(talks);
  const recovered = (performance.now() - spaceFreedAt) / 1_000;
  const complaints: string[] = [];
  for (const [index, talk] of talks.entries()) {
    complaints.push(...(await logComplaints(server, talk, acked[index] ?? new Map())));
    complaints.push(...(await projectionComplaints(server, talk)).complaints);
    for (const client of talk.clients) client.stop();
  }
  await server.stop();
  return { seconds, written, acked: meanwhile, recovered, complaints };
}
