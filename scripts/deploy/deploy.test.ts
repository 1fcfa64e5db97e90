import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../install.mjs';
import { ACCOUNT_ID, Installation } from './test-world.ts';

/**
 * O14: `npm run deploy` against a stand-in that answers as wrangler does. What Cloudflare itself
 * does with the commands is not tested here.
 */

const D1 = '00000000-0000-4000-8000-000000000001';

const CONFIG = /\/\S*wrangler\.deploy\.json/;

const withoutPaths = (calls: string[]) => calls.map((call) => call.replace(CONFIG, 'CONFIG'));

describe('O14: the first deployment', () => {
  test('makes what is missing, migrates before it publishes, and says how to make the owner', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    expect(withoutPaths(foyer.calls())).toEqual([
      'whoami --json',
      'secret list --name foyer --format json',
      'd1 list --json',
      'd1 create foyer --update-config=false',
      'd1 list --json',
      'r2 bucket list',
      'r2 bucket create foyer-files --update-config=false',
      expect.stringMatching(
        /^d1 execute DB --remote --config CONFIG --json --command SELECT name /,
      ),
      expect.stringMatching(/--command SELECT name, tbl_name /),
      'd1 migrations apply DB --remote --config CONFIG',
      expect.stringMatching(/--command CREATE TABLE IF NOT EXISTS foyer_migrations /),
      expect.stringMatching(/^d1 execute DB --remote --config CONFIG --json --command SELECT /),
      'deploy --config CONFIG --message Foyer 1.2.3 --secrets-file …',
      'deploy --config CONFIG --message Foyer 1.2.3',
    ]);
    const { secrets, config } = foyer.account.workers.foyer ?? {};
    expect(secrets?.FOYER_SECRET).toMatch(/^[\w-]{43}$/);
    expect(config?.d1_databases).toMatchObject([{ binding: 'DB', database_id: D1 }]);
    expect(config?.r2_buckets).toEqual([{ binding: 'FILES', bucket_name: 'foyer-files' }]);
    expect(config?.vars).toEqual({ FOYER_PUBLIC_URL: 'https://foyer.maya.workers.dev' });
    expect(foyer.text).toContain(
      `https://foyer.maya.workers.dev/admin/setup#${secrets?.FOYER_SETUP_CODE}\n`,
    );
    expect(foyer.text).not.toContain(secrets?.FOYER_SECRET);
  });

  test('keeps ids and settings in foyer.config.json and leaves wrangler.toml as it is', async () => {
    const foyer = new Installation();
    const before = readFileSync(join(foyer.folder, 'wrangler.toml'), 'utf8');
    await foyer.deploy(
      '--domain',
      'https://chat.acme.example/',
      '--email-from',
      'chat@acme.example',
    );
    expect(foyer.settings).toEqual({
      account_id: ACCOUNT_ID,
      domain: 'chat.acme.example',
      email_from: 'chat@acme.example',
      d1: { name: 'foyer', id: D1 },
      bucket: 'foyer-files',
      address: 'https://chat.acme.example',
    });
    expect(readFileSync(join(foyer.folder, 'wrangler.toml'), 'utf8')).toBe(before);
    const ignored = readFileSync(join(root, '.gitignore'), 'utf8').split('\n');
    expect(ignored).toEqual(
      expect.arrayContaining(['foyer.*config.json', 'wrangler.deploy*.json']),
    );
  });

  test('with a domain it publishes once, and workers.dev is off', async () => {
    const foyer = new Installation();
    await foyer.deploy('--domain', 'chat.acme.example');
    const { versions, config } = foyer.account.workers.foyer ?? {};
    expect(versions).toBe(1);
    expect(config).toMatchObject({
      routes: [{ pattern: 'chat.acme.example', custom_domain: true }],
      workers_dev: false,
      preview_urls: false,
      vars: { FOYER_PUBLIC_URL: 'https://chat.acme.example' },
    });
  });

  test('puts database and files where they are to live', async () => {
    const foyer = new Installation();
    await foyer.deploy('--jurisdiction', 'eu');
    const calls = foyer.calls();
    expect(calls).toContain('d1 create foyer --update-config=false --jurisdiction eu');
    expect(calls).toContain('r2 bucket create foyer-files --update-config=false --jurisdiction eu');
    expect(foyer.account.workers.foyer?.config?.r2_buckets[0]?.jurisdiction).toBe('eu');
  });

  test('--dry-run shows every step with its commands, runs nothing and writes nothing', async () => {
    const foyer = new Installation();
    await foyer.deploy('--dry-run', '--location', 'weur');
    for (const shown of [
      'wrangler whoami --json',
      'wrangler secret list --name foyer',
      'wrangler d1 create foyer --update-config=false --location weur',
      'wrangler r2 bucket create foyer-files --update-config=false --location weur',
      'wrangler d1 migrations apply DB --remote --config wrangler.deploy.json',
      'wrangler deploy --config wrangler.deploy.json',
      '/api/health',
      'FOYER_SETUP_CODE',
    ]) {
      expect(foyer.text).toContain(shown);
    }
    expect(foyer.calls()).toEqual([]);
    expect(foyer.exists('foyer.config.json') || foyer.exists('wrangler.deploy.json')).toBe(false);
  });
});

describe('O14: a later deployment', () => {
  test('makes nothing again, keeps the secret, and publishes once', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    const { FOYER_SECRET } = foyer.account.workers.foyer?.secrets ?? {};
    foyer.calls();
    await foyer.deploy();
    const calls = foyer.calls();
    expect(calls.filter((call) => / create /.test(call))).toEqual([]);
    expect(calls.filter((call) => call.startsWith('deploy'))).toHaveLength(1);
    expect(foyer.account.workers.foyer?.secrets.FOYER_SECRET).toBe(FOYER_SECRET);
    expect(foyer.text).toContain('The database is up to date.');
  });

  test('gives the Worker its new address, when the domain was taken away', async () => {
    const foyer = new Installation();
    await foyer.deploy('--domain', 'chat.acme.example');
    const { domain: _, ...without } = foyer.settings;
    foyer.settings = without;
    await foyer.deploy();
    expect(foyer.account.workers.foyer?.config?.vars).toEqual({
      FOYER_PUBLIC_URL: 'https://foyer.maya.workers.dev',
    });
  });

  test('deletes the set-up code once there is an owner, and names no set-up page', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    for (const database of foyer.account.databases) database.setUp = true;
    foyer.calls();
    await foyer.deploy();
    const changes = foyer.calls().filter((call) => /^(secret bulk|deploy) /.test(call));
    expect(changes.map((call) => call.split(' --')[0])).toEqual(['secret bulk', 'deploy']);
    expect(Object.keys(foyer.account.workers.foyer?.secrets ?? {})).toEqual(['FOYER_SECRET']);
    expect(foyer.text).not.toContain('/admin/setup');
  });

  test('waits for its own version, and not for the one before', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    const requests: string[] = [];
    const well = foyer.health;
    foyer.health = () => {
      requests.push('asked');
      return requests.length < 3
        ? Response.json({ ok: true, deployment: 'the one before' })
        : well();
    };
    await foyer.deploy();
    expect(requests).toHaveLength(3);
    expect(foyer.text).toContain('Foyer is well.');
  });

  test('--keep-database applies no migration, for a version before', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    foyer.calls();
    await foyer.deploy('--keep-database');
    expect(foyer.calls().filter((call) => call.includes('migrations'))).toEqual([]);
  });

  test('--pause publishes without a database, and the next run ends it', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    const { health } = foyer;
    foyer.health = () =>
      Response.json({ error: { code: 'unavailable', message: 'No database.' } }, { status: 503 });
    await foyer.deploy('--pause');
    expect(foyer.account.workers.foyer?.config?.d1_databases).toEqual([]);
    expect(foyer.text).toContain('Foyer is paused');
    foyer.health = health;
    await foyer.deploy();
    expect(foyer.account.workers.foyer?.config?.d1_databases).toHaveLength(1);
  });
});

describe('O14: an installation from elsewhere', () => {
  test('is taken over with its database, bucket, domain, sender and variables', async () => {
    const foyer = new Installation();
    foyer.settings = {
      d1: { name: 'acme-data' },
      bucket: 'acme-files',
      vars: { FOYER_QUOTAS: '{"x":1}' },
    };
    const options = ['--domain', 'chat.acme.example', '--email-from', 'chat@acme.example'];
    await foyer.deploy(...options, '--jurisdiction', 'eu');
    const { config } = foyer.account.workers.foyer ?? {};
    const clone = new Installation(foyer.account);
    await clone.deploy();
    expect(clone.settings).toEqual(foyer.settings);
    expect(clone.account.workers.foyer?.config).toEqual(config);
    expect(clone.account.databases).toHaveLength(1);
    expect(clone.account.buckets).toEqual(['acme-files']);
  });

  test('is taken over at its workers.dev address, and without a bucket', async () => {
    const foyer = new Installation();
    foyer.settings = { bucket: false };
    await foyer.deploy();
    const clone = new Installation(foyer.account);
    await clone.deploy();
    expect(clone.settings).toEqual(foyer.settings);
  });

  test('that has a secret and nothing deployed, as after an older guide, begins as a new one', async () => {
    const workers = { foyer: { secrets: { FOYER_SECRET: 'kept' }, versions: 0 } };
    const foyer = new Installation({ workers });
    await foyer.deploy();
    expect(foyer.account.workers.foyer?.secrets.FOYER_SECRET).toBe('kept');
    expect(foyer.account.databases).toHaveLength(1);
  });

  test('of Workers Builds keeps the code that was chosen in the form', async () => {
    const foyer = new Installation({
      workers: {
        foyer: { secrets: { FOYER_SECRET: 's', FOYER_SETUP_CODE: 'chosen' }, versions: 0 },
      },
      databases: [{ uuid: D1, name: 'foyer', tables: [], migrations: [], setUp: false }],
    });
    foyer.more = { inWorkersBuilds: true };
    await foyer.deploy();
    expect(foyer.account.workers.foyer?.secrets.FOYER_SETUP_CODE).toBe('chosen');
    expect(foyer.text).toContain('the FOYER_SETUP_CODE that you chose');
    // Each build is a new clone, but the address is known.
    const build = new Installation(foyer.account);
    build.more = { inWorkersBuilds: true };
    build.calls();
    await build.deploy();
    expect(build.calls().filter((call) => call.startsWith('deploy '))).toHaveLength(1);
  });
});
