import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AnyD1Database } from 'drizzle-orm/d1';
import { getPlatformProxy, unstable_readConfig } from 'wrangler';
import { z } from 'zod';

const root = join(import.meta.dirname, '..');

/** What `npm run deploy` keeps of an installation, as far as it matters here. */
const installationSchema = z.object({
  account_id: z.string().optional(),
  d1: z.object({ name: z.string(), id: z.string() }),
});

/** Runs `work` with the local D1 of `wrangler dev --persist-to folder`. */
export function withLocalD1<Result>(
  folder: string,
  work: (database: AnyD1Database) => Promise<Result>,
): Promise<Result> {
  return withD1(baseConfig(), { path: join(folder, 'v3') }, work);
}

/**
 * Runs `work` with an installation's D1 on Cloudflare, for which wrangler must be signed in.
 *
 * @param file the settings that `npm run deploy` keeps; without such a file, wrangler.toml's D1
 */
export function withRemoteD1<Result>(
  file: string,
  work: (database: AnyD1Database) => Promise<Result>,
): Promise<Result> {
  return withD1(remoteConfig(file), false, work);
}

/** The configuration of a Worker with nothing but the database: the objects would have to be built. */
function baseConfig() {
  const { d1_databases, compatibility_date } = unstable_readConfig({
    config: join(root, 'wrangler.toml'),
  });
  return { name: 'local', compatibility_date, d1_databases };
}

/** `baseConfig` with the installation's own database, on Cloudflare. */
export function remoteConfig(file: string) {
  const base = baseConfig();
  const installation = existsSync(file)
    ? installationSchema.parse(JSON.parse(readFileSync(file, 'utf8')))
    : undefined;
  return {
    ...base,
    ...(installation?.account_id && { account_id: installation.account_id }),
    d1_databases: base.d1_databases.map((database: object) => ({
      ...database,
      ...(installation && {
        database_name: installation.d1.name,
        database_id: installation.d1.id,
      }),
      remote: true,
    })),
  };
}

async function withD1<Result>(
  config: object,
  persist: false | { path: string },
  work: (database: AnyD1Database) => Promise<Result>,
): Promise<Result> {
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-local-'));
  try {
    const configPath = join(scratch, 'wrangler.json');
    writeFileSync(configPath, JSON.stringify(config));
    const local = await getPlatformProxy<{ DB: AnyD1Database }>({
      configPath,
      persist,
      remoteBindings: persist === false,
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
