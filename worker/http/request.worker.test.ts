import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Env } from '../env.ts';
import { away } from '../test/outages/away.ts';
import { ORIGIN, SignedInAgent, settleWorld } from '../test/world.ts';
import { app } from './app.ts';

/** O10: what the log has of requests that went well. */

let lines: Record<string, unknown>[];
let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(() => {
  lines = [];
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(JSON.parse(line)));
  }
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function ask(every: string | null, bindings: Env = env): Promise<Response> {
  const context = createExecutionContext();
  const request = new Request(`${ORIGIN}/api/admin/labels`, { headers: olive.headers });
  const { FOYER_LOG_EVERY: _, ...rest } = bindings;
  const environment: Env = every === null ? rest : { ...rest, FOYER_LOG_EVERY: every };
  const answer = await app.fetch(request, environment, context);
  await waitOnExecutionContext(context);
  return answer;
}

test('O10: one in a hundred is told, with who, where, how long and for how many it stands', async () => {
  const random = vi.spyOn(Math, 'random');
  random.mockReturnValue(0.0099);
  const answer = await ask(null);
  expect(lines).toMatchObject([
    {
      level: 'info',
      event: 'request_done',
      request: answer.headers.get('x-request-id'),
      route: 'GET /api/admin/labels',
      organization: world.acme.id,
      user: world.acme.users[0],
      status: 200,
      duration_ms: expect.any(Number),
      outcome: 'done',
      count: 100,
    },
  ]);
  random.mockReturnValue(0.0101);
  await ask(null);
  await ask('0');
  expect(lines).toHaveLength(1);
  random.mockReturnValue(0.9);
  await ask('1');
  expect(lines).toHaveLength(2);
});

test('O10: a slow one is told once a minute, and one that failed by its own line alone', async () => {
  vi.spyOn(Math, 'random').mockReturnValue(0.9);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 100 * 3_600_000 });
  // Each look at the clock is 3 seconds later.
  const now = Date.now();
  let looks = 0;
  vi.spyOn(Date, 'now').mockImplementation(() => now + ++looks * 3_000);
  await ask('100');
  await ask('100');
  expect(lines.filter(({ event }) => event === 'request_slow')).toMatchObject([
    { level: 'warn', route: 'GET /api/admin/labels', outcome: 'done', count: 1 },
  ]);
  vi.spyOn(Math, 'random').mockReturnValue(0);
  expect((await ask('1', away)).status).toBe(503);
  expect(lines.filter(({ event }) => event === 'request_done')).toEqual([]);
});
