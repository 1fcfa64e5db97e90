import { Client } from 'pg';
import { compareMigrations } from './frozen.ts';
import { migrationFiles } from './migration-files.ts';
import { refuseDifferences } from './migration-problem.ts';

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
 * @param wanted the migrations of another version than this
 * @returns the names of what was applied
 * @throws MigrationProblem where a migration was changed after it was applied, or a later version took
 *   something away that this one uses
 */
export async function migrate(url: string, wanted = migrationFiles('postgres')): Promise<string[]> {
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
    const state = compareMigrations(wanted, rows);
    refuseDifferences(state, 'postgres');
    const missing = wanted.filter(({ name }) => state.missing.includes(name));
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
      console.log(
        applied.length > 0 ? `Applied ${applied.join(', ')}.` : 'The database is up to date.',
      );
    } catch (error) {
      // What the server or the network says of it explains it; where in here it was said does not.
      const reason: unknown = error instanceof AggregateError ? error.errors[0] : error;
      const message = reason instanceof Error ? reason.message : reason;
      console.error(`The Postgres at DATABASE_URL: ${message}`);
      process.exitCode = 1;
    }
  }
}
