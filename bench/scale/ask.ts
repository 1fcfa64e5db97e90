import { z } from 'zod';
import { median } from '../harness/stats.ts';
import type { Asked, Plan, Statement } from './database.ts';
import { type Query, queries } from './queries.ts';

/** The database work of one query of the API. */
export type Asking = {
  name: string;
  kind: Query['kind'];
  /** Rows read for it; for a list, the most that one of its first pages read. */
  rows: number;
  /** Blocks of 8 KB read, likewise; 0 if the database does not report them. */
  blocks: number;
  /** The median time of several requests, one after the other, including the Worker's own time. */
  milliseconds: number;
  /** Each of its statements with its plan. */
  plans: [statement: string, plan: Plan][];
};

/** Requests that are timed. */
const TIMES = 9;
/** The number of pages of a list that are measured. */
const PAGES = 4;

export async function ask(server: Asked): Promise<Asking[]> {
  const askings: Asking[] = [];
  for (const query of await queries()) askings.push(await askOne(server, query));
  return askings;
}

async function askOne(server: Asked, query: Query): Promise<Asking> {
  const { name, kind } = query;
  // The first request may change data, such as picking a department; the second only reads.
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
