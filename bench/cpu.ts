import { randomInt, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Bench, Outcome } from './bench.ts';
import {
  describedRoutes,
  HASHES_A_PASSWORD,
  NOT_NEEDED,
  REFUSED,
  type Route,
} from './cpu/routes.ts';
import { type Target, Targets } from './cpu/targets.ts';
import { scratchFolder } from './harness/folder.ts';
import { cpuMilliseconds } from './harness/memory.ts';
import { startConversations } from './harness/people.ts';
import { openProfiler, type Profiler } from './harness/profiler.ts';
import { DEPARTMENT, ORGANIZATION } from './harness/seed.ts';
import { type Server, startServer } from './harness/server.ts';
import { rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';

/**
 * CPU milliseconds that a request may take on average. Cloudflare's free plan ends one that takes
 * more than 10 (developers.cloudflare.com/workers/platform/limits); two are left for what differs.
 */
const BUDGET = 8;

/**
 * Requests of one kind in a series, and the number of series. The data that a series needs is created
 * before it and not counted.
 */
const IN_A_ROW = { quick: 2, whole: 25 };
const ROWS = { quick: 1, whole: 2 };

/** Milliseconds after which a conversation has updated the lists. */
const SETTLED = 1_500;

/** Conversations that fill the lists' first pages. */
const FILLED = { quick: 5, whole: 120 };

/** The number of agents in the organization; targets.ts says what each is used for. */
const AGENTS = 140;

/**
 * Milliseconds of a request: of the Worker's isolate, by its profiler, and of the whole process, by the
 * system, which counts in steps of ten; null where it does not tell.
 */
type Measurement = { name: string; status: number; milliseconds: number; inAll: number | null };

/**
 * The CPU time of a request to each route in the Worker's isolate. The objects share this isolate here, and
 * Cloudflare counts them separately, so the real figure is lower.
 */
export const bench: Bench = {
  summary: 'CPU time of every route, within what the free plan allows a request',
  async run({ quick }): Promise<Outcome> {
    const size = quick ? 'quick' : 'whole';
    const server = await startServer({ folder: scratchFolder(), agents: AGENTS, debugger: true });
    if (!server.debuggerUrl) throw new Error('The server has no debugger.');
    const profiler = await openProfiler(server.debuggerUrl);
    try {
      await startConversations(server, FILLED[size]);
      const { routes, unknown } = await describedRoutes(server, world());
      const missed = unknown.map((name) => `no request for ${name} in its feature's access.ts.`);
      const targets = new Targets(server);
      const measurements: Measurement[] = [];
      for (const route of routes) {
        if (unknown.includes(route.name)) continue;
        const measurement = await measure(server, profiler, targets, route, size);
        const right = REFUSED[route.name];
        const isRight =
          right === undefined ? measurement.status < 400 : measurement.status === right;
        if (!isRight) missed.push(`${route.name} got ${measurement.status}.`);
        measurements.push(measurement);
      }
      const { slow, figures } = report(measurements);
      // Two requests take less than a step of the system's clock.
      return { missed, slow: quick ? [] : slow, figures };
    } finally {
      profiler.close();
      await server.stop();
    }
  },
};

async function measure(
  server: Server,
  profiler: Profiler,
  targets: Targets,
  route: Route,
  size: 'quick' | 'whole',
): Promise<Measurement> {
  const { name } = route;
  const { count, rows } = targets.plan(route, IN_A_ROW[size], ROWS[size]);
  let computed = 0;
  let spent: number | null = 0;
  let status = 0;
  // The first one, which is not counted, compiles what the route needs.
  for (let row = 0; row <= rows; row += 1) {
    const those: Target[] = [];
    while (those.length < (row === 0 ? 1 : count)) those.push(await targets.make(route));
    if (row > 0 && size === 'whole' && targets.goesOn(route)) await sleep(SETTLED);
    const before = cpuMilliseconds(server.pid);
    await profiler.start();
    for (const target of those) status = Math.max(status, await ask(server, route, target));
    const busy = await profiler.stop();
    const after = cpuMilliseconds(server.pid);
    if (row > 0) {
      computed += busy;
      spent = spent === null || before === null || after === null ? null : spent + after - before;
    }
    await targets.clear(route);
  }
  const requests = rows * count;
  const inAll = spent === null ? null : spent / requests;
  return { name, status, milliseconds: computed / requests, inAll };
}

async function ask({ origin }: Server, route: Route, target: Target): Promise<number> {
  const path = `${route.path}${route.query}`
    .replace(':new', randomUUID())
    .replace(/:(\w+)/g, (_, name: string) => target.params[name] ?? '');
  const response = await fetch(`${origin}${path}`, {
    method: route.method,
    redirect: 'manual',
    headers: {
      ...(route.body && { 'content-type': 'application/json' }),
      ...target.headers,
      // Guesses are limited by address, too.
      'cf-connecting-ip': address(),
    },
    ...(route.body && { body: route.body() }),
  });
  await response.arrayBuffer();
  return response.status;
}

/** An IPv4 address of the range for benchmarks (RFC 2544). */
function address(): string {
  return `198.18.${randomInt(256)}.${randomInt(256)}`;
}

/** The bench's organization, under the names that the requests of the tests use. */
function world() {
  return {
    acme: { id: ORGANIZATION, sales: DEPARTMENT, billing: DEPARTMENT, users: [] },
    globex: { id: ORGANIZATION, support: DEPARTMENT },
  };
}

function report(measurements: readonly Measurement[]): {
  slow: string[];
  figures: Outcome['figures'];
} {
  const times = [...measurements].sort((a, b) => b.milliseconds - a.milliseconds);
  printTable(
    'CPU milliseconds of a request: of the Worker and its objects, and of all of workerd',
    ['route', 'ms', 'in all', 'on the free plan'],
    times.map(({ name, milliseconds, inAll }) => [
      name,
      rounded(milliseconds),
      inAll === null ? null : rounded(inAll),
      name in HASHES_A_PASSWORD ? `instead: ${HASHES_A_PASSWORD[name]}` : (NOT_NEEDED[name] ?? ''),
    ]),
  );
  const needed = times.filter(({ name }) => !(name in HASHES_A_PASSWORD || name in NOT_NEEDED));
  const slow = needed
    .filter(({ milliseconds }) => milliseconds > BUDGET)
    .map(({ name, milliseconds }) => `${name} takes ${rounded(milliseconds)} ms of ${BUDGET}.`);
  const [slowest] = needed;
  return {
    slow,
    figures: {
      routes: measurements.length,
      slowest: slowest && { [slowest.name]: rounded(slowest.milliseconds) },
      milliseconds: Object.fromEntries(
        times.map(({ name, milliseconds }) => [name, rounded(milliseconds)]),
      ),
    },
  };
}
