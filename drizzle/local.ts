import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyD1Database } from 'drizzle-orm/d1';
import { getPlatformProxy, unstable_readConfig } from 'wrangler';

/** Runs `work` with the local D1 of `wrangler dev --persist-to folder`. */
export function withLocalD1<Result>(
  folder: string,
  work: (database: AnyD1Database) => Promise<Result>,
): Promise<Result> {
  return withD1({ folder }, work);
}

/** Runs `work` with the D1 of `wrangler.toml` on Cloudflare, for which wrangler must be signed in. */
export function withRemoteD1<Result>(
  work: (database: AnyD1Database) => Promise<Result>,
): Promise<Result> {
  return withD1({ folder: null }, work);
}

async function withD1<Result>(
  { folder }: { folder: string | null },
  work: (database: AnyD1Database) => Promise<Result>,
): Promise<Result> {
  // The database alone: the objects' classes would have to be built.
  const { d1_databases, compatibility_date } = unstable_readConfig({
    config: join(import.meta.dirname, '..', 'wrangler.toml'),
  });
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-local-'));
  try {
    const configPath = join(scratch, 'wrangler.json');
    const databases = d1_databases.map((database: object) => ({
      ...database,
      remote: folder === null,
    }));
    writeFileSync(
      configPath,
      JSON.stringify({ name: 'local', compatibility_date, d1_databases: databases }),
    );
    const local = await getPlatformProxy<{ DB: AnyD1Database }>({
      configPath,
      persist: folder === null ? false : { path: join(folder, 'v3') },
      remoteBindings: folder === null,
    });
    try {
      return await work(local.env.DB);
    } finally {
      await local.dispose();
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

/** Whether a database's address is this machine's own. */
export function isLoopback(url: string): boolean {
  return ['localhost', '127.0.0.1', '[::1]'].includes(new URL(url).hostname);
}
