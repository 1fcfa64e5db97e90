import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { drizzle } from 'drizzle-orm/d1';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startPostgres } from '../../scripts/postgres/server.mjs';
import { sqliteTables } from '../dialects.ts';
import { isLoopback, remoteConfig, withLocalD1 } from '../local.ts';
import { migrate } from '../migrations/migrate.ts';
import { parseQuery } from '../search/query.ts';
import { queryTerms } from '../search/terms.ts';
import { localFile, openSqlite } from '../sqlite-file.ts';
import { copy, type Progress } from './copy.ts';

const root = join(import.meta.dirname, '../..');
const folder = mkdtempSync(join(tmpdir(), 'foyer-copy-test-'));
const wrangler = join(root, 'node_modules', 'wrangler', 'bin', 'wrangler.js');
const ACME = '019a4b00-0000-7000-8000-000000000001';
const BILLING = '019a4b00-0000-7000-8000-000000000013';
const CUSTOMERS = 120;

let postgres: Awaited<ReturnType<typeof startPostgres>>;
let client: Client;

function run(args: string[], env: Record<string, string> = {}, cwd = root) {
  return spawnSync(process.execPath, args, {
    cwd,
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false', ...env },
    encoding: 'utf8',
  });
}

/** What only one of the databases would keep as it is, too. */
const NAMES = ['Ada', 'Zoë 👩‍🚀', 'Nul \0 byte', "O'Brien; --", '', 'אדה'];
const ADDRESSES = ['192.0.2.1', '2001:0DB8::0001', 'unknown', null];

beforeAll(async () => {
  postgres = await startPostgres(join(folder, 'postgres'), { durable: false });
  const local = ['--local', '--persist-to', folder];
  expect(run([wrangler, 'd1', 'migrations', 'apply', 'DB', ...local])).toMatchObject({ status: 0 });
  expect(run(['drizzle/demo/demo.ts', '--persist-to', folder])).toMatchObject({ status: 0 });
  await withLocalD1(folder, async (d1) => {
    const db = drizzle(d1, { schema: sqliteTables });
    const at = new Date(1_800_000_000_123);
    for (let n = 0; n < CUSTOMERS; n += 1) {
      const id = `01a00000-0000-7000-8000-${String(n).padStart(12, '0')}`;
      await db.batch([
        db.insert(sqliteTables.widgetCustomers).values({
          organization_id: ACME,
          id,
          visitor_id: `v_${n}`,
          full_name: NAMES[n % NAMES.length] ?? null,
          ip_address: ADDRESSES[n % ADDRESSES.length] ?? null,
          custom_fields: { zebra: '1', apple: `${NAMES[n % NAMES.length]}` },
          first_seen_at: at,
          last_seen_at: at,
        }),
        db.insert(sqliteTables.conversations).values({
          organization_id: ACME,
          id,
          widget_customer_id: id,
          pre_chat_data: {},
          created_at: at,
          department_id: BILLING,
          status: n % 2 ? 'closed' : 'active',
          closed_at: n % 2 ? at : null,
          activity_at: at,
          version: at.getTime() + n,
        }),
        db.insert(sqliteTables.searchDocuments).values({
          organization_id: ACME,
          // Numbers that texts would order otherwise.
          document: 95 + n,
          conversation_id: id,
          version: 1,
          texts: [
            {
              seq: 1,
              by: 'visitor',
              name: null,
              note: false,
              sent_at: at.toISOString(),
              text: `Order ${n}`,
            },
          ],
          terms: 'as D1 writes them',
        }),
      ]);
    }
  });
  await migrate(postgres.url);
  client = new Client({ connectionString: postgres.url });
  await client.connect();
}, 90_000);

afterAll(async () => {
  await client.end();
  await postgres.stop();
  rmSync(folder, { recursive: true });
});

const copied = (again = false, progress?: (progress: Progress) => void) =>
  copy({
    from: openSqlite(localFile(folder)),
    to: postgres.url,
    again,
    batch: 25,
    ...(progress && { progress }),
  });

test('copies everything; interrupted, it goes on where it was', { timeout: 60_000 }, async () => {
  const interrupted = copied(false, ({ table, done }) => {
    if (table === 'widget_customers' && done === 50) throw new Error('The cable was pulled.');
  });
  await expect(interrupted).rejects.toThrow('The cable was pulled.');

  const reported: Progress[] = [];
  const counts = await copied(false, (progress) => reported.push(progress));
  expect(reported[0]).toEqual({ table: 'widget_customers', done: 75, total: CUSTOMERS });
  expect(counts).toMatchObject({
    users: 3,
    organizations: 2,
    departments: 4,
    widget_customers: CUSTOMERS,
    conversations: CUSTOMERS,
  });
  const { rows } = await client.query(
    `SELECT full_name, host(ip_address) AS ip, custom_fields->>'apple' AS apple, first_seen_at
     FROM widget_customers ORDER BY id LIMIT 4`,
  );
  const first_seen_at = new Date(1_800_000_000_123);
  expect(rows).toEqual([
    { full_name: 'Ada', ip: '192.0.2.1', apple: 'Ada', first_seen_at },
    { full_name: 'Zoë 👩‍🚀', ip: '2001:db8::1', apple: 'Zoë 👩‍🚀', first_seen_at },
    { full_name: 'Nul � byte', ip: null, apple: 'Nul � byte', first_seen_at },
    { full_name: "O'Brien; --", ip: null, apple: "O'Brien; --", first_seen_at },
  ]);
});

test('what was said is found in the copy', async () => {
  const search = async (query: string) => {
    const { rows } = await client.query(
      `SELECT document FROM search_documents WHERE terms @@ $1::tsquery AND organization_id = $2`,
      [query, ACME],
    );
    return rows;
  };
  expect(await search(queryTerms('postgres', ACME, ['message'], parseQuery('order 7 ')))).toEqual([
    { document: '102' },
  ]);
  expect(await search(queryTerms('postgres', ACME, ['customer'], parseQuery('ada ')))).toHaveLength(
    CUSTOMERS / NAMES.length,
  );
});

test('leaves a Postgres that has data alone, unless it is told to', {
  timeout: 60_000,
}, async () => {
  await expect(copied()).rejects.toThrow('already has data');
  await client.query(`UPDATE users SET name = 'Somebody else'`);
  await copied(true);
  const { rows } = await client.query(`SELECT 1 FROM users WHERE name = 'Somebody else'`);
  expect(rows).toEqual([]);
});

test('says when the two differ in the end', { timeout: 60_000 }, async () => {
  const changed = copied(true, ({ table }) => {
    // Another table is done by now.
    if (table === 'conversations') void client.query(`UPDATE users SET name = 'Somebody else'`);
  });
  await expect(changed).rejects.toThrow(/^users differs: 3 rows in D1 .*, 3 in Postgres/);
});

test('the command copies the local D1', { timeout: 90_000 }, async () => {
  const command = ['scripts/copy/index.ts', '--from', 'd1', '--to', 'postgres', '--again'];
  const result = run(command, { DATABASE_URL: postgres.url, FOYER_DATA: folder });
  expect(result.stderr).toContain(`of ${CUSTOMERS}`);
  expect(result).toMatchObject({
    status: 0,
    stdout: expect.stringContaining('Copied and compared'),
  });
  expect(run(command.slice(0, 3))).toMatchObject({ status: 1, stdout: '' });
});

test('an address is on this machine, or it is not', () => {
  expect(isLoopback('postgres://a:b@127.0.0.1:1/c')).toBe(true);
  expect(isLoopback('postgres://a:b@db.example.com/localhost')).toBe(false);
});

test('O14: --remote reads the D1 that npm run deploy made, or else the one in wrangler.toml', () => {
  const file = join(folder, 'foyer.config.json');
  const ofToml = remoteConfig(file).d1_databases;
  expect(ofToml).toMatchObject([{ binding: 'DB', database_name: 'foyer', remote: true }]);
  const account_id = 'a'.repeat(32);
  const d1 = { name: 'acme-chat', id: '019a4b00-0000-7000-8000-00000000d1d1' };
  writeFileSync(file, JSON.stringify({ account_id, d1, domain: 'chat.acme.example' }));
  expect(remoteConfig(file)).toMatchObject({
    account_id,
    d1_databases: [{ binding: 'DB', database_name: 'acme-chat', database_id: d1.id, remote: true }],
  });
});
