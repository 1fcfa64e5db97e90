import fc from 'fast-check';
import { frames, type Role } from '../worker/test/hostile/frames.ts';
import { complaint, requests } from '../worker/test/hostile/requests.ts';
import type { Bench, Outcome } from './bench.ts';
import { hear } from './fuzz/frames.ts';
import { ask, describedBy } from './fuzz/requests.ts';
import { scratchFolder } from './harness/folder.ts';
import { inParallel } from './harness/parallel.ts';
import { cookieOf, startConversations } from './harness/people.ts';
import { DEPARTMENT } from './harness/seed.ts';
import { type Server, startServer } from './harness/server.ts';
import { printTable } from './harness/table.ts';

/**
 * P9: frames and requests generated from the schemas and broken on purpose
 * (worker/test/hostile). Nobody gets a 5xx, no internal text leaves the Worker, the other side gets only
 * what the protocol allows, and after each batch a valid message is accepted.
 * `FOYER_SEED=…` repeats a run.
 */
export const bench: Bench = {
  summary: 'frames and requests broken on purpose: no 5xx, nothing passes that may not',
  async run({ quick }): Promise<Outcome> {
    const seed = Number(process.env.FOYER_SEED ?? Date.now() % 2 ** 31);
    console.log(`FOYER_SEED=${seed} repeats this run.`);
    const server = await startServer({ folder: scratchFolder() });
    const share = quick ? 200 : 1;
    const frameResult = await fuzzFrames(server, seed, Math.ceil(60_000 / share));
    const requestResult = await fuzzRequests(server, seed, Math.ceil(40_000 / share));
    const missed = [...frameResult.wrong, ...requestResult.wrong];
    const alive = await fetch(`${server.origin}/api/health`).catch(() => null);
    if (alive?.status !== 200) missed.push('afterwards the server is not well.');
    await server.stop();
    printTable(
      'Broken on purpose',
      ['', 'sent', 'wrong'],
      [
        ['frames', frameResult.sent, frameResult.wrong.length],
        ['requests', requestResult.sent, requestResult.wrong.length],
      ],
    );
    printTable(
      'What the requests got',
      ['status', 'answers'],
      [...requestResult.statuses]
        .sort(([a], [b]) => a - b)
        .map(([status, answers]) => [`${status}`, answers]),
    );
    return { missed, figures: { seed, frames: frameResult.sent, requests: requestResult.sent } };
  },
};

/** The number of histories at once; each has its own conversation and seed. */
const WIDTH = 4;

type Found = { sent: number; wrong: string[] };

async function fuzzFrames(server: Server, seed: number, count: number): Promise<Found> {
  const result: Found = { sent: 0, wrong: [] };
  const conversations = await startConversations(server, WIDTH);
  const role = fc.constantFrom<Role>('visitor', 'agent');
  await inParallel(WIDTH, WIDTH, async (index) => {
    const conversation = conversations[index];
    if (!conversation) return;
    await answer(server, conversation.id);
    const property = fc.asyncProperty(role, frames, async (by, raws) => {
      result.sent += raws.length;
      await hear(server, conversation, by, raws);
    });
    // A batch has thirty frames on average, so there are a few runs more than needed.
    const run = await fc.check(property, {
      ...options(seed + index),
      numRuns: Math.ceil((count / WIDTH / 30) * 1.05),
    });
    if (run.failed) result.wrong.push(report(run));
  });
  return result;
}

async function fuzzRequests(
  server: Server,
  seed: number,
  count: number,
): Promise<Found & { statuses: Map<number, number> }> {
  const result = { sent: 0, wrong: [] as string[], statuses: new Map<number, number>() };
  const description = await describedBy(server);
  const conversations = await startConversations(server, WIDTH);
  await inParallel(WIDTH, WIDTH, async (index) => {
    const { id, token } = conversations[index] ?? { id: '', token: '' };
    const cookie = { cookie: await cookieOf(1), origin: server.origin };
    const people = [{}, { authorization: `Bearer ${token}` }, cookie];
    const ids = [id, DEPARTMENT];
    const property = fc.asyncProperty(requests(description, people, ids), async (request) => {
      const { status, text } = await ask(server, request);
      result.sent += 1;
      result.statuses.set(status, (result.statuses.get(status) ?? 0) + 1);
      const wrong = complaint(status, text);
      if (wrong !== null) throw new Error(wrong);
    });
    const run = await fc.check(property, {
      ...options(seed + index),
      numRuns: Math.ceil(count / WIDTH),
    });
    if (run.failed) result.wrong.push(report(run));
  });
  return result;
}

/** Frames change the state, so a smaller case would not repeat the failure. */
const options = (seed: number) => ({ seed, endOnFailure: true });

function report<Values>(result: fc.RunDetails<Values>): string {
  const { errorInstance, counterexample, seed } = result;
  const why = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  return `${why} (seed ${seed}), after ${JSON.stringify(counterexample)}`.slice(0, 4_000);
}

/** An agent answers first, so that later messages do not change the conversation's head. */
async function answer(server: Server, conversationId: string): Promise<void> {
  const response = await fetch(
    `${server.origin}/api/admin/conversations/${conversationId}/messages`,
    {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: await cookieOf(0),
        origin: server.origin,
      },
      body: JSON.stringify({ id: crypto.randomUUID(), body: 'How can I help?' }),
    },
  );
  if (response.status !== 201) throw new Error(`No answer: ${await response.text()}`);
}
