import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Installation } from './test-world.ts';

describe('O14: Postgres', () => {
  const databaseUrl = 'postgres://foyer:hidden-word@db.acme.example:5432/foyer';

  test('makes the Hyperdrive without a cache, migrates, publishes, and keeps no password', async () => {
    const foyer = new Installation();
    const order: string[] = [];
    foyer.more = {
      databaseUrl,
      postgres: {
        migrate: async () => {
          order.push(...foyer.account.calls.map((call) => call.split(' --')[0] ?? ''), 'migrate');
          return ['0000_first.sql'];
        },
        hasOrganization: async () => false,
      },
    };
    await foyer.deploy('--database', 'postgres');
    expect(order.slice(-3)).toEqual(['r2 bucket list', 'r2 bucket create foyer-files', 'migrate']);
    expect(foyer.account.hyperdrives).toMatchObject([{ name: 'foyer', cached: false }]);
    const { config } = foyer.account.workers.foyer ?? {};
    expect(config?.hyperdrive).toEqual([{ binding: 'HYPERDRIVE', id: '1'.padStart(32, '0') }]);
    expect(config?.d1_databases).toEqual([]);
    expect(foyer.account.databases).toEqual([]);
    for (const file of ['foyer.config.json', 'wrangler.deploy.json']) {
      expect(readFileSync(join(foyer.folder, file), 'utf8')).not.toContain('hidden-word');
    }
    foyer.calls();
    await foyer.deploy();
    expect(foyer.calls().filter((call) => call.startsWith('hyperdrive'))).toEqual([
      `hyperdrive get ${'1'.padStart(32, '0')}`,
    ]);
  });

  test('a Hyperdrive that caches, or that leads elsewhere, is refused', async () => {
    const id = 'c'.repeat(32);
    const cached = new Installation({
      hyperdrives: [{ id, name: 'foyer', url: databaseUrl, cached: true }],
    });
    cached.more = { databaseUrl };
    await expect(cached.deploy('--database', 'postgres')).rejects.toThrow('--caching-disabled');
    const otherInstallation = new Installation({
      hyperdrives: [
        { id, name: 'foyer', url: 'postgres://a:b@other.example/foyer', cached: false },
      ],
    });
    otherInstallation.more = { databaseUrl };
    await expect(otherInstallation.deploy('--database', 'postgres')).rejects.toThrow(
      'other.example',
    );
  });

  test('no password is shown where making it fails, nor by --dry-run', async () => {
    const foyer = new Installation({
      failures: [{ command: 'hyperdrive create', message: 'Connection refused', code: 2015 }],
    });
    foyer.more = { databaseUrl };
    const failed = await foyer
      .deploy('--database', 'postgres')
      .catch((error: Error) => error.message);
    expect(failed).toContain('Connection refused');
    expect(failed).not.toContain('hidden-word');
    await foyer.deploy('--database', 'postgres', '--dry-run');
    expect(foyer.text).not.toContain('hidden-word');
  });

  test('O14: a clone takes over the Hyperdrive that runs', async () => {
    const foyer = new Installation();
    foyer.more = { databaseUrl };
    await foyer.deploy('--database', 'postgres');
    const clone = new Installation(foyer.account);
    clone.more = { databaseUrl };
    await clone.deploy();
    expect(clone.settings).toMatchObject({
      database: 'postgres',
      hyperdrive: { id: '1'.padStart(32, '0') },
    });
    expect(clone.account.hyperdrives).toHaveLength(1);
    expect(clone.account.databases).toEqual([]);
  });

  test('O14: an empty Postgres does not take the place of a D1 that has data', async () => {
    const foyer = new Installation();
    await foyer.deploy();
    for (const database of foyer.account.databases) database.setUp = true;
    let copied = false;
    foyer.more = {
      databaseUrl,
      postgres: { migrate: async () => [], hasOrganization: async () => copied },
    };
    const { versions } = foyer.account.workers.foyer ?? {};
    await expect(foyer.deploy('--database', 'postgres')).rejects.toThrow('Copy that first');
    expect(foyer.account.workers.foyer?.versions).toBe(versions);
    copied = true;
    await foyer.deploy('--database', 'postgres');
    expect(foyer.account.workers.foyer?.config?.hyperdrive).toHaveLength(1);
    await foyer.deploy('--database', 'd1');
    expect(foyer.account.workers.foyer?.config?.d1_databases).toHaveLength(1);
  });

  test('needs DATABASE_URL', async () => {
    const foyer = new Installation();
    await expect(foyer.deploy('--database', 'postgres')).rejects.toThrow('DATABASE_URL=');
  });
});
