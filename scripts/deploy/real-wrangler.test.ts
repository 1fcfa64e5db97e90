import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { projectNode, root, wrangler } from '../install.mjs';
import { startApi, VERSION } from './cloudflare-stand-in.ts';
import { Deployment, type Step } from './deployment.ts';
import { readSettings, type Settings } from './settings.ts';
import { account } from './steps/account.ts';
import { bucket } from './steps/bucket.ts';
import { config } from './steps/config.ts';
import { database } from './steps/database.ts';
import { migrations } from './steps/migrations.ts';
import { publish } from './steps/publish.ts';
import { worker } from './steps/worker.ts';
import { wranglerAt } from './wrangler.ts';
import { readBase } from './wrangler-config.ts';

/** O14: the steps with the wrangler of package-lock.json; only Cloudflare's API is a stand-in. */

const folder = mkdtempSync(join(tmpdir(), 'foyer-real-wrangler-'));

let api: Awaited<ReturnType<typeof startApi>>;
let first: Deployment;

beforeAll(async () => {
  api = await startApi();
  // A Worker that is bundled at once; what it does is not asked.
  cpSync(join(root, 'wrangler.toml'), join(folder, 'wrangler.toml'));
  for (const name of ['worker', 'dist/client', 'drizzle/sqlite', 'home']) {
    mkdirSync(join(folder, name), { recursive: true });
  }
  writeFileSync(join(folder, 'drizzle/sqlite/0000_start.sql'), 'CREATE TABLE organizations (id);');
  writeFileSync(
    join(folder, 'worker/index.ts'),
    'export class ConversationObject {}\nexport class InboxObject {}\nexport class JobWorkflow {}\nexport default { fetch() {} };\n',
  );
  first = deploymentWith({});
});

afterAll(() => {
  api.stop();
  rmSync(folder, { recursive: true });
});

function deploymentWith(settings: Settings): Deployment {
  const run = wranglerAt(projectNode, wrangler, {
    CLOUDFLARE_API_BASE_URL: api.url,
    CLOUDFLARE_API_TOKEN: 'a-token',
    HOME: join(folder, 'home'),
  });
  return new Deployment(
    {
      wrangler: (args, options) =>
        run(
          args.map((arg, index) => (args[index - 1] === '--config' ? join(folder, arg) : arg)),
          { ...options, shown: false },
        ),
      fetch: async () => new Response(),
      now: () => 0,
      sleep: async () => {},
      build: async () => {},
      d1Migrations: () => [{ name: '0000_start.sql', text: '', hash: 'its hash' }],
      postgres: { migrate: async () => [], hasOrganization: async () => false },
      print: () => {},
      databaseUrl: undefined,
      inWorkersBuilds: false,
    },
    {
      base: readBase(join(folder, 'wrangler.toml')),
      settings,
      version: '1.2.3',
      root: folder,
      config: 'foyer.config.json',
      pause: false,
      keepDatabase: false,
    },
  );
}

describe('O14: the real wrangler', () => {
  // One after the other, as in a deployment.
  test.each<[Step, string]>([
    [account, `Acme (${'a'.repeat(32)}).`],
    [worker, 'foyer does not exist yet.'],
    [database, 'Made the D1 foyer.'],
    [bucket, 'Created the bucket foyer-files.'],
    [config, 'Wrote wrangler.deploy.json, from wrangler.toml and the settings.'],
    [migrations, 'Applied 0000_start.sql.'],
  ])('understands the step $name', async (step, expected) => {
    expect(await step.run(first)).toBe(expected);
  });

  test('publishes with the secrets and says where', async () => {
    expect(first.isSetUp).toBe(false);
    await publish.run(first);
    expect(first.published).toEqual({ version: VERSION, origin: 'https://foyer.maya.workers.dev' });
    expect(first.bootstrapCode).toMatch(/^[0-9a-f]{32}$/);
  });

  test('tells a new clone what runs', async () => {
    const settings = readSettings(join(folder, 'foyer.config.json'));
    const clone = deploymentWith({ account_id: 'a'.repeat(32) });
    await worker.run(clone);
    const id = settings.d1?.id;
    expect(clone.given).toEqual({ ...settings, d1: { name: id, id } });
  });
});
