import { env } from 'node:process';
import fc from 'fast-check';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { complaints, frames, type Role } from './hostile/frames.ts';
import { complaint, description, requests } from './hostile/requests.ts';
import type { TestSocket } from './socket.ts';
import { call, SignedInAgent, settleWorld, Visitor } from './world.ts';

/**
 * P9 under generated input: whatever comes in, nobody gets a 5xx, the other side hears nothing
 * that the protocol does not allow, and the next good message passes. `npm run bench -- fuzz` is
 * the long run. `FOYER_SEED=…` repeats one.
 */

const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);

/** A generated history changes what is there, so a smaller one would not be a repetition. */
const options = { seed: SEED, endOnFailure: true };

/** Milliseconds; a second or a few on a machine with nothing else to do. */
const TIMEOUT = 60_000;

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let visitor: Visitor;
let id: string;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  visitor = await Visitor.arrive();
  ({ id } = await visitor.pick(world.acme.billing));
  // Answered, so that no message to come changes the conversation's head.
  const body = 'How can I help?';
  await amos.call('POST', `/admin/conversations/${id}/messages`, { id: crypto.randomUUID(), body });
});

afterEach(() => {
  vi.useRealTimers();
});

async function caughtUp(socket: TestSocket): Promise<TestSocket> {
  let welcome = await socket.hello(0);
  while (welcome.more) welcome = await socket.hello(welcome.messages.at(-1)?.seq ?? 0);
  return socket;
}

test(
  `frames (seed ${SEED})`,
  async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
    const role = fc.constantFrom<Role>('visitor', 'agent');
    await fc.assert(
      fc.asyncProperty(role, frames, async (by, raws) => {
        // The visitor's sockets share what a visitor may say; in this time it is all there again.
        vi.setSystemTime(Date.now() + 120_000);
        const sockets = {
          visitor: await caughtUp(await visitor.socket(id)),
          agent: await caughtUp(await amos.socket(`/conversations/${id}/socket`)),
        };
        const speaker = sockets[by];
        const listener = sockets[by === 'visitor' ? 'agent' : 'visitor'];
        for (const raw of raws) speaker.raw(raw);
        // The good one that follows comes after everything that the others caused.
        const { id: next } = await speaker.send('Is everything all right?');
        await listener.next('message', ({ message }) => message.id === next);
        expect(complaints(by, raws, speaker.frames, listener.frames)).toEqual([]);
        for (const socket of Object.values(sockets)) socket.close();
      }),
      { ...options, numRuns: 40 },
    );
  },
  TIMEOUT,
);

test(
  `requests (seed ${SEED})`,
  async () => {
    const { json } = await call('GET', '/api/openapi.json');
    const eve = await Visitor.arrive();
    const hers = await eve.pick(world.acme.billing);
    const people = [
      {},
      { authorization: `Bearer ${eve.session.sessionToken}` },
      (await SignedInAgent.signIn('olive@acme.example')).headers,
    ];
    const ids = [hers.id, hers.widget_customer_id ?? '', world.acme.billing, world.acme.sales];
    await fc.assert(
      fc.asyncProperty(
        requests(description.parse(json), people, ids),
        async ({ method, path, headers, body }) => {
          const answer = await call(method, path, { headers, ...(body !== null && { body }) });
          expect(complaint(answer.status, JSON.stringify(answer.json))).toBeNull();
        },
      ),
      { ...options, numRuns: 800 },
    );
    const { json: health } = await call('GET', '/api/health');
    expect(health.ok).toBe(true);
  },
  TIMEOUT,
);
