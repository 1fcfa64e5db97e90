import { env } from 'cloudflare:workers';
import { Connection } from '../database/postgres.ts';

/** Runs a statement that no query of the Worker's makes. */
export async function run(statement: string): Promise<void> {
  if (env.HYPERDRIVE) await new Connection(env.HYPERDRIVE, false).query(statement);
  else await env.DB.prepare(statement).run();
}
