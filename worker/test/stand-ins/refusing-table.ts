import { env } from 'cloudflare:workers';
import { Connection } from '../../database/postgres.ts';

/**
 * Has a table refuse each row that is written to it while `work` runs, on either database: a fault in
 * the middle of writes that belong together.
 */
export async function whileRefused<Value>(
  table: string,
  kind: 'INSERT' | 'UPDATE',
  work: () => Promise<Value>,
): Promise<Value> {
  const [make, end] = env.DB ? onD1(table, kind) : onPostgres(table, kind);
  for (const statement of make) await run(statement);
  try {
    return await work();
  } finally {
    for (const statement of end) await run(statement);
  }
}

type Statements = readonly string[];

function onD1(table: string, kind: string): [Statements, Statements] {
  const body = `BEGIN SELECT RAISE(ABORT, 'refused by the test'); END`;
  return [
    [`CREATE TRIGGER refusing BEFORE ${kind} ON ${table} ${body}`],
    ['DROP TRIGGER refusing'],
  ];
}

function onPostgres(table: string, kind: string): [Statements, Statements] {
  const body = `$$ BEGIN RAISE EXCEPTION 'refused by the test'; END $$`;
  return [
    [
      `CREATE FUNCTION refusing() RETURNS trigger LANGUAGE plpgsql AS ${body}`,
      `CREATE TRIGGER refusing BEFORE ${kind} ON ${table}
         FOR EACH ROW EXECUTE FUNCTION refusing()`,
    ],
    [`DROP TRIGGER refusing ON ${table}`, 'DROP FUNCTION refusing'],
  ];
}

async function run(statement: string): Promise<void> {
  if (env.DB) await env.DB.prepare(statement).run();
  else if (env.HYPERDRIVE) await new Connection(env.HYPERDRIVE, false).query(statement);
}
