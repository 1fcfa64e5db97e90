import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { cutWhoWaits, lockTable, refuseToSerialize } from '../../scripts/postgres/faults.ts';
import { startPostgres } from '../../scripts/postgres/server.mjs';
import { newVisitorId, signTokens } from '../../worker/auth/visitors.ts';
import { scratchFolder } from '../harness/folder.ts';
import { cookieOf } from '../harness/people.ts';
import { DEPARTMENT, ORGANIZATION } from '../harness/seed.ts';
import { SECRET, type Server, startServer } from '../harness/server.ts';
import { rowsFollow } from './away.ts';
import { isBehind, logComplaints } from './checks.ts';
import { ackedSoFar, allSettled, startTalks, type Talk, talking } from './people.ts';

export type Failed = {
  faults: {
    name: string;
    /** Seconds until the answer that the database is away. */
    refused: number;
    /** Messages acked while it was away. */
    acked: number;
    /** Seconds from the end of the fault until the database served again. */
    back: number;
  }[];
  /** Seconds from the last fault's end until every row was right. */
  healed: number;
  complaints: string[];
};

/** Milliseconds within which the answer must come: a statement's limit with a margin. */
const ANSWER_WITHIN = 10_000;
/** Milliseconds within which a returned database must serve requests. */
const BACK_WITHIN = 20_000;

/** P7 and P9 while Postgres fails in every way, under load; the Worker itself runs on. */
export async function failPostgres(kills: number, seconds: number): Promise<Failed> {
  const folder = scratchFolder();
  const own = join(folder, 'postgres');
  let postgres = await startPostgres(own);
  const { url, port } = postgres;
  // Without a pool in between, so that the Worker's own connection is cut.
  const server = await startServer({ folder, faults: true, postgres: url });
  const talks = await startTalks(server, 4);
  await allSettled(talks);
  const load = talking(talks);
  const outcome: Failed = { faults: [], healed: Number.NaN, complaints: [] };

  const suffer = async (
    name: string,
    ask: () => Promise<Response>,
    fault: () => Promise<() => Promise<void>>,
  ) => {
    const before = countAcked(talks);
    const began = performance.now();
    const end = await fault();
    const refused = await refusal(name, ask, outcome.complaints);
    const left = seconds * 1_000 - (performance.now() - began);
    if (left > 0) await pause(left);
    const acked = countAcked(talks) - before;
    if (acked === 0) outcome.complaints.push(`${name}: nothing was acked meanwhile`);
    await end();
    const back = await serves(server);
    if (Number.isNaN(back))
      outcome.complaints.push(`${name}: the database is back and is not used`);
    outcome.faults.push({ name, refused, acked, back });
  };

  for (let kill = 0; kill < kills; kill++) {
    await suffer(
      'killed',
      () => list(server),
      async () => {
        await postgres.kill();
        return async () => {
          postgres = await startPostgres(own, { port });
        };
      },
    );
  }
  await suffer(
    'a connection cut in mid-query',
    () => cutWhileListing(server, url),
    async () => {
      const { undo } = await lockTable(url, 'widget_customers');
      return undo;
    },
  );
  await suffer(
    'a lock held',
    () => list(server),
    async () => {
      const { undo } = await lockTable(url, 'conversations');
      return undo;
    },
  );
  await suffer(
    'a serialization failure',
    () => start(server),
    async () => {
      const { undo } = await refuseToSerialize(url);
      return undo;
    },
  );

  load.stop();
  const over = performance.now();
  await allSettled(talks);
  outcome.healed = await rowsFollow(server, talks, over);
  const lag = await Promise.all(talks.map((talk) => isBehind(server, talk)));
  if (lag.includes(true)) outcome.complaints.push('a row is not what its log says');
  if (Number.isNaN(outcome.healed)) outcome.complaints.push('the rows did not follow');
  for (const talk of talks) {
    outcome.complaints.push(...(await logComplaints(server, talk, new Map())));
    for (const client of talk.clients) client.stop();
  }
  await server.stop();
  await postgres.stop();
  return outcome;
}

function countAcked(talks: readonly Talk[]): number {
  return talks.reduce((sum, talk) => sum + ackedSoFar(talk).length, 0);
}

/** Seconds until the 503; what is wrong with it goes to `complaints`. */
async function refusal(
  name: string,
  ask: () => Promise<Response>,
  complaints: string[],
): Promise<number> {
  const began = performance.now();
  const response = await ask();
  const milliseconds = performance.now() - began;
  if (response.status !== 503) complaints.push(`${name}: answered ${response.status}`);
  if (!(Number(response.headers.get('retry-after')) > 0))
    complaints.push(`${name}: no Retry-After`);
  if (milliseconds > ANSWER_WITHIN) complaints.push(`${name}: the answer took ${milliseconds} ms`);
  return milliseconds / 1_000;
}

/** Seconds until a list is served again; NaN if it is not. */
async function serves(server: Server): Promise<number> {
  const began = performance.now();
  while (performance.now() - began < BACK_WITHIN) {
    if ((await list(server)).status === 200) return (performance.now() - began) / 1_000;
    await pause(100);
  }
  return Number.NaN;
}

async function list({ origin }: Server, what = 'conversations'): Promise<Response> {
  return fetch(`${origin}/api/admin/${what}`, { headers: { cookie: await cookieOf(0) } });
}

/** Waits for a lock and loses the connection meanwhile. */
async function cutWhileListing(server: Server, url: string): Promise<Response> {
  const [response] = await Promise.all([list(server, 'customers'), cutWhoWaits(url)]);
  return response;
}

/** A new visitor picks the department. */
async function start({ origin }: Server): Promise<Response> {
  const visitor = { organization_id: ORGANIZATION, visitor_id: newVisitorId() };
  const { sessionToken } = await signTokens(SECRET, visitor);
  return fetch(`${origin}/api/widget/conversations`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${sessionToken}` },
    body: JSON.stringify({ departmentId: DEPARTMENT }),
  });
}
