import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';

/** What befalls a Postgres, done on purpose, for the tests and the bench of faults. */

/** Something that is wrong until it is undone. */
export type Fault = { undo(): Promise<void> };

/** Holds a lock on a whole table, as a migration would: whoever needs the table waits. */
export async function lockTable(url: string, table: string): Promise<Fault> {
  const client = await connect(url);
  await client.query(`BEGIN; LOCK TABLE ${table}`);
  return { undo: () => client.end() };
}

/**
 * Waits until at least one statement waits for a lock, and cuts the connection of each that does.
 *
 * @throws Error when nothing comes to wait within `patience` milliseconds
 */
export async function cutWhoWaits(url: string, patience = 10_000): Promise<void> {
  const client = await connect(url);
  try {
    for (const until = Date.now() + patience; Date.now() < until; await pause(20)) {
      const { rowCount } = await client.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'`,
      );
      if (rowCount) return;
    }
    throw new Error('No statement waits for a lock.');
  } finally {
    await client.end();
  }
}

/** Answers every write to the conversations as Postgres does that cannot order two transactions. */
export async function refuseToSerialize(url: string): Promise<Fault> {
  const client = await connect(url);
  await client.query(`
    CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN RAISE 'could not serialize access' USING ERRCODE = 'serialization_failure'; END $$;
    CREATE TRIGGER refuse BEFORE INSERT OR UPDATE ON conversations EXECUTE FUNCTION refuse()`);
  return {
    async undo() {
      await client.query('DROP FUNCTION refuse CASCADE');
      await client.end();
    },
  };
}

async function connect(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  // A server that is killed takes it along.
  client.on('error', () => {});
  await client.connect();
  return client;
}
