import { Client } from 'pg';
import { migrationFiles } from './migration-files.ts';

/**
 * Brings a Postgres database up to date: applies the files of drizzle/postgres that it does not
 * have, in their order, each in a transaction. `npm run db:migrate:postgres` with DATABASE_URL runs
 * it; so do the start script and the tests.
 */

/** Any number, as long as it is always this one: two that migrate at once take turns. */
const LOCK = 4_660_011;

/**
 * Limits for the role's sessions in this database, so that a lock that somebody holds becomes an
 * error within seconds. They cannot travel with a connection: Hyperdrive opens those itself.
 */
const LIMITS = {
  lock_timeout: '3s',
  statement_timeout: '7s',
  idle_in_transaction_session_timeout: '10s',
};

/**
 * Applies what is missing.
 *
 * @returns the names of what was applied
 * @throws Error when the database has a migration that this version has not, or another text of one:
 *   migrations are only ever added
 */
export async function migrate(url: string): Promise<string[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`SET statement_timeout = 0; SET lock_timeout = '10s'`);
    await client.query('SELECT pg_advisory_lock($1)', [LOCK]);
    await client.query(
      `CREATE TABLE IF NOT EXISTS foyer_migrations (
         name text PRIMARY KEY, hash text NOT NULL, applied_at timestamptz NOT NULL DEFAULT now())`,
    );
    const { rows } = await client.query('SELECT name, hash FROM foyer_migrations ORDER BY name');
    const wanted = migrationFiles('postgres');
    check(rows, wanted);
    const missing = wanted.slice(rows.length);
    for (const { name, text, hash } of missing) {
      await client.query('BEGIN');
      await client.query(text);
      await client.query('INSERT INTO foyer_migrations (name, hash) VALUES ($1, $2)', [name, hash]);
      await client.query('COMMIT');
    }
    await limit(client);
    return missing.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

function check(
  applied: { name: string; hash: string }[],
  wanted: { name: string; hash: string }[],
): void {
  for (const [index, { name, hash }] of applied.entries()) {
    const same = wanted[index];
    if (same?.name !== name) {
      throw new Error(`The database has the migration ${name}, which this version of Foyer lacks.`);
    }
    if (same.hash !== hash) {
      throw new Error(`The migration ${name} was changed after it was applied to this database.`);
    }
  }
}

async function limit(client: Client): Promise<void> {
  const { rows } = await client.query('SELECT quote_ident(current_database()) AS database');
  for (const [name, value] of Object.entries(LIMITS)) {
    const role = `ALTER ROLE CURRENT_USER IN DATABASE ${rows[0]?.database}`;
    await client.query(`${role} SET ${name} = '${value}'`);
  }
}

if (import.meta.main) {
  const url = process.env.DATABASE_URL;
  if (!url) {
    console.error('Say which database: DATABASE_URL=postgres://… npm run db:migrate:postgres');
    process.exitCode = 1;
  } else {
    try {
      const applied = await migrate(url);
      console.log(applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'It is up to date.');
    } catch (error) {
      // What the server or the network says of it explains it; where in here it was said does not.
      const reason: unknown = error instanceof AggregateError ? error.errors[0] : error;
      const said = reason instanceof Error ? reason.message : reason;
      console.error(`The Postgres at DATABASE_URL: ${said}`);
      process.exitCode = 1;
    }
  }
}
