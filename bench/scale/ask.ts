import { z } from 'zod';
import { median } from '../harness/stats.ts';
import type { Asked, Plan, Statement } from './database.ts';
import { type Query, queries } from './queries.ts';

/** What a query of the API asked of the database. */
export type Asking = {
  name: string;
  kind: Query['kind'];
  /** Read for it, or for each of a list's first pages: the most that one of them read. */
  rows: number;
  /** Blocks of 8 KB that it looked at, likewise; 0 where the database does not say. */
  blocks: number;
  /** The median of some requests, one after the other, the Worker's own time included. */
  milliseconds: number;
  /** Each of its statements with its plan. */
  plans: [statement: string, plan: Plan][];
};

/** Requests that are timed. */
const TIMES = 9;
/** Pages of a list that are looked at. */
const PAGES = 4;

export async function ask(server: Asked): Promise<Asking[]> {
  const askings: Asking[] = [];
  for (const query of await queries()) askings.push(await askOne(server, query));
  return askings;
}

async function askOne(server: Asked, query: Query): Promise<Asking> {
  const { name, kind } = query;
  // The first one may change what is there, as a department that is picked; the second finds it.
  await request(server, query);
  await server.statements();
  const { next_cursor } = await request(server, query);
  const first = await server.statements();
  let { rows, blocks } = sum(first);
  let cursor = kind === 'one' ? null : next_cursor;
  for (let page = 1; page < PAGES && cursor; page++) {
    ({ next_cursor: cursor } = await request(server, query, `&cursor=${cursor}`));
    const later = sum(await server.statements());
    rows = Math.max(rows, later.rows);
    blocks = Math.max(blocks, later.blocks);
  }
  const times: number[] = [];
  for (let time = 0; time < TIMES; time++) {
    const began = performance.now();
    await request(server, query);
    times.push(performance.now() - began);
  }
  await server.statements();
  const plans: Asking['plans'] = [];
  for (const { what } of first) plans.push([what, await server.plan(what)]);
  return { name, kind, rows, blocks, milliseconds: median(times), plans };
}

const page = z.object({ next_cursor: z.string().nullable().default(null) });

async function request(
  { origin }: Asked,
  { name, path, init }: Query,
  cursor = '',
): Promise<z.infer<typeof page>> {
  const response = await fetch(`${origin}${path}${cursor}`, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${name} got ${response.status}: ${text}`);
  return page.parse(JSON.parse(text));
}

function sum(statements: readonly Statement[]): { rows: number; blocks: number } {
  const total = { rows: 0, blocks: 0 };
  for (const { rowsRead, blocks } of statements) {
    total.rows += rowsRead;
    total.blocks += blocks;
  }
  return total;
}
