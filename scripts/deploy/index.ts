import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { z } from 'zod';
import { migrate } from '../../drizzle/migrations/migrate.ts';
import { migrationFiles } from '../../drizzle/migrations/migration-files.ts';
import { Explained, environment, main, projectNode, root, wrangler } from '../install.mjs';
import { Deployment, type World } from './deployment.ts';
import { help, readOptions } from './options.ts';
import { run, showPlan } from './run.ts';
import { merged, readSettings } from './settings.ts';
import { wranglerAt } from './wrangler.ts';
import { readBase } from './wrangler-config.ts';

/** `npm run deploy`, once the packages are there: see `help`. */

const REQUEST_MS = 15_000;

const world: World = {
  wrangler: wranglerAt(projectNode, wrangler),
  fetch: (url) => fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(REQUEST_MS) }),
  now: () => performance.now(),
  sleep: (milliseconds) => sleep(milliseconds),
  async build() {
    const { status } = spawnSync(projectNode, [join(root, 'scripts', 'build.mjs')], {
      cwd: root,
      env: environment,
      stdio: 'inherit',
    });
    if (status !== 0) throw new Explained('See its output above.');
  },
  d1Migrations: () => migrationFiles('sqlite'),
  postgres: {
    migrate: (url) => explained(migrate(url)),
    hasOrganization: (url) => explained(hasOrganization(url)),
  },
  print: (text) => console.log(text),
  databaseUrl: process.env.DATABASE_URL,
  inWorkersBuilds: process.env.WORKERS_CI === '1',
};

/** What a Postgres or the network says of itself explains it; a stack adds nothing. */
async function explained<Result>(work: Promise<Result>): Promise<Result> {
  try {
    return await work;
  } catch (error) {
    const reason: unknown = error instanceof AggregateError ? error.errors[0] : error;
    throw new Explained(
      `The Postgres at DATABASE_URL: ${reason instanceof Error ? reason.message : reason}`,
    );
  }
}

async function hasOrganization(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query('SELECT 1 FROM organizations LIMIT 1');
    return rows.length > 0;
  } finally {
    await client.end();
  }
}

await main(async () => {
  const options = readOptions(process.argv.slice(2));
  if (options.help) {
    console.log(help);
    return;
  }
  const { version } = z
    .object({ version: z.string() })
    .parse(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')));
  const base = readBase(join(root, 'wrangler.toml'));
  const file = join(root, options.config);
  const deployment = new Deployment(world, {
    base,
    settings: merged(readSettings(file), options.given, { file, defaultName: base.name }),
    version,
    root,
    ...options,
  });
  if (options.dryRun) showPlan(deployment);
  else await run(deployment);
});
