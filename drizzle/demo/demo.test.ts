import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifyPassword } from 'better-auth/crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { preChatField } from '../../protocol/resources/department.ts';
import { withLocalD1 } from '../local.ts';
import { migrationFiles } from '../migrations/migration-files.ts';
import { localFile } from '../sqlite-file.ts';

const root = join(import.meta.dirname, '../..');
const state = mkdtempSync(join(tmpdir(), 'foyer-demo-test-'));

function run(...args: string[]) {
  return spawnSync(process.execPath, args, {
    cwd: root,
    env: { ...process.env, CI: 'true', WRANGLER_SEND_METRICS: 'false' },
    encoding: 'utf8',
  });
}
const load = (...args: string[]) => run('drizzle/demo/demo.ts', ...args);

function read(sql: string) {
  const database = localFile(state);
  const rows = database.prepare(sql).all();
  database.close();
  return rows;
}

beforeAll(async () => {
  // Makes the file. The migrations go straight into it: wrangler's command takes several times as long.
  await withLocalD1(state, (d1) => d1.prepare('SELECT 1').run());
  const database = localFile(state, { readOnly: false });
  for (const { text } of migrationFiles('sqlite')) database.exec(text);
  database.close();
});

afterAll(() => rmSync(state, { recursive: true }));

test('refuses anything but a local database', () => {
  for (const args of [[], ['--persist-to', state, '--remote']]) {
    expect(load(...args)).toMatchObject({ status: 1, stdout: '' });
  }
  expect(read('SELECT * FROM organizations')).toEqual([]);
});

test('loads two organizations, once', async () => {
  expect(load('--persist-to', state)).toMatchObject({ status: 0, stderr: '' });
  const people = `SELECT slug, public_key, email, role FROM organizations
    JOIN widget_settings ON widget_settings.organization_id = organizations.id
    JOIN members ON members.organization_id = organizations.id
    JOIN users ON users.id = user_id ORDER BY slug, role DESC`;
  expect(read(people)).toEqual([
    { slug: 'acme', public_key: 'wk_demo', email: 'owner@acme.example', role: 'owner' },
    { slug: 'acme', public_key: 'wk_demo', email: 'agent@acme.example', role: 'agent' },
    { slug: 'globex', public_key: 'wk_globex', email: 'owner@globex.example', role: 'owner' },
  ]);
  const departments = read(
    `SELECT departments.name, pre_chat_fields FROM departments
     JOIN organizations ON organizations.id = organization_id
     WHERE slug = 'acme' ORDER BY position`,
  ).map(({ name, pre_chat_fields }) => ({
    name,
    form: preChatField.array().parse(JSON.parse(String(pre_chat_fields))),
  }));
  const forms = departments.map(({ name, form }) => [name, form.map((field) => field.type)]);
  expect(forms).toEqual([
    ['Sales', ['name', 'email', 'phone', 'select']],
    ['Support', ['name', 'email', 'textarea']],
    ['Billing', []],
  ]);
  const [account] = read('SELECT password FROM accounts LIMIT 1');
  const hash = String(account?.password);
  expect(await verifyPassword({ hash, password: 'foyer-demo' })).toBe(true);

  const before = read(people);
  expect(load('--persist-to', state)).toMatchObject({ status: 0 });
  expect(read(people)).toEqual(before);
});
