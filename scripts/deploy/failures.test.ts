import { describe, expect, test } from 'vitest';
import { Installation } from './test-world.ts';
import { MIGRATIONS } from './wrangler-stand-in.ts';

/** O14: what stops `npm run deploy`, and that the same command goes on afterwards. */

const D1 = '00000000-0000-4000-8000-000000000001';

describe('O14: after a failure the same command goes on', () => {
  const failures = [
    ['secret list', 10000, 'Authentication error', 'Worker failed.'],
    ['d1 list', 10000, 'Authentication error', 'Database failed.'],
    ['d1 create', 7406, 'Too many databases', 'Database failed.'],
    [
      'r2 bucket list',
      10042,
      'Please enable R2 through the Cloudflare Dashboard.',
      'Files failed.',
    ],
    ['r2 bucket create', 10005, 'The bucket name is not valid', 'Files failed.'],
    ['d1 migrations apply', 7500, 'no such table: x', 'Migrations failed.'],
    ['d1 execute', 7500, 'internal error', 'Migrations failed.'],
    ['deploy', 10021, 'Script startup exceeded CPU time limit.', 'Publish failed.'],
  ] as const;

  test.each(failures)('%s', async (command, code, message, expected) => {
    const foyer = new Installation({ failures: [{ command, message, code }] });
    const failed = await foyer.deploy().catch((error: Error) => error.message);
    expect(failed).toContain(expected);
    expect(failed).toContain(message);
    expect(failed).toMatch(/Fix the problem and run the same command again\.$/);
    await foyer.deploy();
    const { databases, buckets, workers } = foyer.account;
    expect([databases.length, buckets]).toEqual([1, ['foyer-files']]);
    expect(Object.keys(workers.foyer?.secrets ?? {})).toEqual(['FOYER_SECRET', 'FOYER_SETUP_CODE']);
    expect(foyer.text).toContain('/admin/setup');
  });

  test.each(['d1 create', 'r2 bucket create', 'deploy'])(
    '%s did its work, and the answer was lost',
    async (command) => {
      const foyer = new Installation({
        failures: [{ command, message: 'fetch failed', after: true }],
      });
      await expect(foyer.deploy()).rejects.toThrow('Cloudflare could not be reached');
      const secret = foyer.account.workers.foyer?.secrets.FOYER_SECRET;
      await foyer.deploy();
      const { databases, buckets, workers } = foyer.account;
      expect([databases.length, buckets]).toEqual([1, ['foyer-files']]);
      if (secret) expect(workers.foyer?.secrets.FOYER_SECRET).toBe(secret);
      // The code that nobody saw is replaced by one that is shown.
      expect(foyer.text).toContain(`${workers.foyer?.secrets.FOYER_SETUP_CODE}`);
    },
  );

  test('what is not well after five minutes is said, with the way back', async () => {
    const foyer = new Installation();
    const well = foyer.health;
    foyer.health = () =>
      Response.json(
        { error: { code: 'unavailable', message: 'The database is away.' } },
        { status: 503 },
      );
    await expect(foyer.deploy()).rejects.toThrow(
      /503 unavailable: The database is away\.[\s\S]*rollback/,
    );
    foyer.health = well;
    await foyer.deploy();
    expect(foyer.text).toContain('Foyer is well.');
  });
});

describe('O14: what it refuses, it says in a sentence', () => {
  test('O1: a migration that was changed after it was applied; nothing is published', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    expect(foyer.account.databases[0]?.hashes).toEqual({
      '0000_first.sql': `hash of ${MIGRATIONS['0000_first.sql']}`,
      '0001_second.sql': `hash of ${MIGRATIONS['0001_second.sql']}`,
    });
    const [first, ...others] = foyer.migrations;
    if (!first) throw new Error('There is a migration.');
    foyer.migrations = [{ ...first, hash: 'another' }, ...others];
    await expect(foyer.deploy()).rejects.toThrow(
      /^Migrations failed\. The migration 0000_first\.sql was changed after it was applied/,
    );
    expect(foyer.account.workers.foyer?.versions).toBe(2);
  });

  test('O1: tables that its migrations did not make, where no hashes were recorded', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    delete foyer.account.databases[0]?.hashes;
    const [first, second] = foyer.migrations;
    if (!first || !second) throw new Error('There are two migrations.');
    foyer.migrations = [first, { ...second, text: 'CREATE TABLE second (id TEXT, more TEXT)' }];
    await expect(foyer.deploy()).rejects.toThrow(
      /by a version of Foyer between two releases.*\(second\)/,
    );
    foyer.migrations = [first, second];
    await foyer.deploy();
    expect(Object.keys(foyer.account.databases[0]?.hashes ?? {})).toEqual(Object.keys(MIGRATIONS));
  });

  test('no login', async () => {
    const foyer = new Installation({ loggedIn: false });
    await expect(foyer.deploy()).rejects.toThrow('Run `npx wrangler login`');
  });

  test('several accounts, until one is named', async () => {
    const foyer = new Installation();
    foyer.account.accounts.push({ id: 'b'.repeat(32), name: 'Other' });
    await expect(foyer.deploy()).rejects.toThrow(/--account ID\n.*Acme\n.*Other/);
    await foyer.deploy('--account', 'b'.repeat(32));
    expect(foyer.settings.account_id).toBe('b'.repeat(32));
  });

  test('a Worker of the same name that is another program', async () => {
    const foyer = new Installation({ workers: { foyer: { secrets: {}, versions: 7 } } });
    await expect(foyer.deploy()).rejects.toThrow('does not look like Foyer');
    expect(foyer.account.workers.foyer?.versions).toBe(7);
    await foyer.deploy('--name', 'acme-chat');
    expect(foyer.settings).toMatchObject({
      name: 'acme-chat',
      d1: { name: 'acme-chat' },
      bucket: 'acme-chat-files',
    });
  });

  test('a paused Foyer that another clone deployed: a new database would hide its data', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    foyer.health = () => new Response(null, { status: 503 });
    await foyer.deploy('--pause');
    const clone = new Installation(foyer.account);
    await expect(clone.deploy()).rejects.toThrow('Name the one it had');
    clone.settings = { d1: { name: 'foyer', id: D1 } };
    await clone.deploy();
    expect(clone.account.databases).toHaveLength(1);
    expect(clone.account.workers.foyer?.config?.d1_databases).toHaveLength(1);
  });

  test('a D1 of the same name that is another program’s', async () => {
    const foyer = new Installation({
      databases: [
        { uuid: D1, name: 'foyer', tables: ['guests', 'rooms'], migrations: [], setUp: false },
      ],
    });
    await expect(foyer.deploy()).rejects.toThrow('tables of another program (guests, rooms)');
    expect(foyer.account.databases[0]?.migrations).toEqual([]);
  });

  test('what would part an installation from its data', async () => {
    const foyer = new Installation();
    await foyer.deploy('--location', 'weur');
    await expect(foyer.deploy('--name', 'staging')).rejects.toThrow(
      '--config foyer.staging.config.json',
    );
    await expect(foyer.deploy('--location', 'apac')).rejects.toThrow('before the first deployment');
    await foyer.deploy('--name', 'foyer', '--location', 'weur');
    await foyer.deploy('--name', 'staging', '--config', 'foyer.staging.config.json');
    expect(foyer.exists('wrangler.deploy.staging.json')).toBe(true);
    expect(foyer.account.databases.map(({ name }) => name)).toEqual(['foyer', 'staging']);
  });

  test('a database that was deleted', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    foyer.account.databases = [];
    await expect(foyer.deploy()).rejects.toThrow(`no D1 with the id ${D1}`);
  });

  test('settings and options that are not right, all at once', async () => {
    const foyer = new Installation();
    await expect(foyer.deploy('--domain', 'nonsense', '--email-from', 'x')).rejects.toThrow(
      /domain: [\s\S]*email_from: /,
    );
    await expect(foyer.deploy('--colour', 'blue')).rejects.toThrow('npm run deploy');
    await expect(foyer.deploy('--location', 'weur', '--jurisdiction', 'eu')).rejects.toThrow(
      'both',
    );
    foyer.settings = { vars: { FOYER_QUOTAS: '{}' } };
    await foyer.deploy();
    expect(foyer.account.workers.foyer?.config?.vars).toMatchObject({ FOYER_QUOTAS: '{}' });
  });
});
