import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrate } from '../../drizzle/migrations/migrate.ts';
import { startPool } from './pool.ts';
import { startPostgres } from './server.mjs';

declare module 'vitest' {
  interface ProvidedContext {
    /** The address of a migrated Postgres, behind a pool of connections. */
    postgres: string;
  }
}

/** For Vitest: a migrated Postgres for the length of a run; the tests get its address. */
export default async function setup({
  provide,
}: {
  provide(name: 'postgres', url: string): void;
}): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-postgres-'));
  const { url, stop } = await startPostgres(folder, { durable: false });
  await migrate(url);
  const pool = await startPool(url);
  provide('postgres', pool.url);
  return async () => {
    pool.stop();
    await stop();
    rmSync(folder, { recursive: true });
  };
}
