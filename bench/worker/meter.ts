import { z } from 'zod';
import type { Heard } from '../../worker/test/costs/explained.ts';
import { type Item, Meter } from '../../worker/test/costs/meter.ts';
import { Statements } from '../../worker/test/costs/statements.ts';

/** What the database read for the requests since the last question; nothing is counted before one. */

let meter: Meter | undefined;

/** Each statement that ran, with the rows it read and wrote. Counting continues. */
export function readMeter(database: D1Database): Item[] {
  const items = meter?.items ?? [];
  meter?.stop();
  meter = new Meter();
  meter.watchDatabase(database);
  return items;
}

let statements: Statements | undefined;

/** Each statement that Postgres got. Listening continues. */
export function readStatements(): Heard[] {
  statements ??= new Statements();
  return statements.take();
}

const step = z.object({ id: z.number(), parent: z.number(), detail: z.string() });

/** D1's query plan for a statement. One parameter stands for all. */
export async function explain(database: D1Database, statement: string): Promise<unknown> {
  const query = `EXPLAIN QUERY PLAN ${statement.replaceAll('?', '?1')}`;
  const { results } = await database.prepare(query).bind('x').all();
  return z.array(step).parse(results);
}
