import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { z } from 'zod';
import type { health, SystemHealth, SystemPart, unwell } from '../../protocol/resources/health.ts';
import { PROBLEMS, type ProblemCode } from '../../worker/kernel/problems.ts';
import { projectNode, root } from '../install.mjs';
import { checkLocalDatabase, checkMigrationFiles } from './database.mjs';
import { checkNode, checkVars } from './machine.mjs';

/** O3 O9: what the doctor says of broken installations, here and on Cloudflare. */

const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-doctor-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}

describe('O3: the settings of a local Foyer', () => {
  const check = (text: string) => {
    const file = join(scratch(), '.dev.vars');
    writeFileSync(file, text);
    return checkVars(file).findings;
  };

  it.each([
    ['FOYER_SECRET=""\n', 'FOYER_SECRET is empty in .dev.vars, so nothing can be signed.'],
    ['FOYER_SECRET=short', 'FOYER_SECRET in .dev.vars is shorter than 32 characters.'],
  ])('%j cannot sign', (text, sentence) => {
    expect(check(text)).toMatchObject([{ state: 'failed', text: sentence }]);
  });

  it('an address of the sender that is none', () => {
    const good = `FOYER_SECRET='${'0123456789abcdef'.repeat(2)}'\n`;
    expect(check(good)).toMatchObject([{ state: 'ok' }]);
    expect(check(`${good}FOYER_EMAIL_FROM="Foyer <a@b.example>"`)).toMatchObject([
      { state: 'ok' },
      { state: 'warning', text: 'FOYER_EMAIL_FROM in .dev.vars is not an e-mail address.' },
    ]);
    expect(check(`${good}FOYER_EMAIL_FROM=`)).toMatchObject([{ state: 'ok' }, { state: 'note' }]);
  });

  it('none yet', () => {
    expect(checkVars(join(scratch(), '.dev.vars')).findings).toMatchObject([{ state: 'note' }]);
  });

  it('a Node that is too old', () => {
    expect(checkNode('v18.20.0')).toMatchObject({ state: 'failed' });
    expect(checkNode('v20.0.0')).toMatchObject({ state: 'ok' });
  });
});

/** A checkout's migrations in a folder of their own, and a data folder that they were applied to. */
function installation() {
  const folder = scratch();
  const drizzle = join(folder, 'drizzle');
  for (const part of ['sqlite', 'postgres', 'migrations/frozen.json']) {
    cpSync(join(root, 'drizzle', part), join(drizzle, part), { recursive: true });
  }
  const frozen: { sqlite: { name: string; hash: string }[] } = JSON.parse(
    readFileSync(join(drizzle, 'migrations', 'frozen.json'), 'utf8'),
  );
  const data = join(folder, 'data');
  const databases = join(data, 'v3', 'd1', 'miniflare-D1DatabaseObject');
  mkdirSync(databases, { recursive: true });
  const database = new DatabaseSync(join(databases, `${'0'.repeat(64)}.sqlite`));
  onTestFinished(() => database.close());
  database.exec('CREATE TABLE d1_migrations (id INTEGER PRIMARY KEY, name TEXT)');
  database.exec('CREATE TABLE foyer_migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL)');
  for (const { name, hash } of frozen.sqlite) {
    database.exec(readFileSync(join(drizzle, 'sqlite', name), 'utf8'));
    database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name);
    database.prepare('INSERT INTO foyer_migrations VALUES (?, ?)').run(name, hash);
  }
  const names = frozen.sqlite.map(({ name }) => name);
  return { drizzle, data, database, names, look: () => checkLocalDatabase(data, drizzle) };
}

describe('O1 O9: a local database', () => {
  it('that is as its migrations made it', async () => {
    const { drizzle, look } = installation();
    expect(checkMigrationFiles(drizzle, 'sqlite')).toEqual([]);
    expect(await look()).toMatchObject([{ state: 'ok' }]);
  });

  it('a migration that was edited, before and after it was applied', async () => {
    const { drizzle, names, look } = installation();
    const name = names[1] ?? '';
    const file = join(drizzle, 'sqlite', name);
    writeFileSync(file, `${readFileSync(file, 'utf8')}\nCREATE TABLE more (id TEXT) STRICT;\n`);
    expect(checkMigrationFiles(drizzle, 'sqlite')).toMatchObject([
      { state: 'failed', text: `drizzle/sqlite/${name} was changed after its release.` },
    ]);
    expect(await look()).toMatchObject([
      {
        state: 'failed',
        text: `The migration ${name} was changed after it was applied to the local database.`,
      },
      { state: 'failed', text: 'The local database lacks the table more.' },
    ]);
  });

  it('a migration’s file that is missing', () => {
    const { drizzle, names } = installation();
    rmSync(join(drizzle, 'sqlite', names.at(-1) ?? ''));
    expect(checkMigrationFiles(drizzle, 'sqlite')).toMatchObject([
      { state: 'failed', text: `drizzle/sqlite/${names.at(-1)} is missing.` },
    ]);
  });

  it('a table, a column and an index that are gone', async () => {
    const { database, look } = installation();
    database.exec('PRAGMA foreign_keys = OFF');
    database.exec('DROP TABLE canned_responses');
    database.exec('ALTER TABLE labels RENAME COLUMN color TO colour');
    database.exec('DROP INDEX sessions_user');
    const texts = (await look()).map(({ text }) => text);
    expect(texts).toEqual([
      'The local database lacks the table canned_responses.',
      'The table labels of the local database lacks the column color.',
      'The table sessions of the local database lacks the index sessions_user.',
    ]);
  });

  it('of an earlier and of a later version', async () => {
    const { database, names, look } = installation();
    const last = names.at(-1) ?? '';
    database.exec(`UPDATE d1_migrations SET name = '9999_later.sql' WHERE name = '${last}'`);
    const findings = await look();
    expect(findings[0]).toMatchObject({
      state: 'failed',
      text: 'The local database has the migration 9999_later.sql of another version.',
    });
    expect(findings[1]).toMatchObject({
      state: 'note',
      text: `The local database lacks ${last}.`,
    });
  });

  it('that is no database', async () => {
    const { data, database, drizzle } = installation();
    const file = `${database.location()}`;
    database.exec('SELECT 1');
    writeFileSync(file, 'not a database, whatever its name says');
    expect(await checkLocalDatabase(data, drizzle)).toMatchObject([{ state: 'failed' }]);
  });
});

const running = { database: 'd1', version, deployment: null, problems: [] } as const;
const WELL: z.infer<typeof health> = { ok: true, ...running, problems: [] };
const TOKEN = 'a-probe-of-32-bytes-or-more-for-tests';

type Answers = {
  health: z.infer<typeof health> | z.infer<typeof unwell>;
  system?: SystemHealth;
  /** Instead of what Foyer serves. */
  raw?: { status: number; headers?: Record<string, string>; body: string };
};

/** The owners' health of an installation where one part is not well. */
function systemWith(part: SystemPart, finding: SystemHealth['parts'][number]['findings'][number]) {
  const system: SystemHealth = {
    ...WELL,
    ok: finding.state !== 'failed',
    checked_at: '2026-11-29T01:00:00.000Z',
    parts: [{ part, state: finding.state, findings: [finding] }],
  };
  return { health: WELL, system };
}

const saysOf = (code: ProblemCode) => {
  const [, text, todo] = PROBLEMS[code];
  return { text, todo };
};

/** Something that answers as an installation does. */
async function serve({ health, system, raw }: Answers): Promise<string> {
  const server: Server = createServer((request, response) => {
    if (raw) {
      response.writeHead(raw.status, raw.headers).end(raw.body);
      return;
    }
    const json = (status: number, body: unknown) =>
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    if (request.url === '/api/health') json(health.ok ? 200 : 503, health);
    else if (request.url === '/api/admin/health') {
      if (request.headers.authorization === `Bearer ${TOKEN}`) json(200, system);
      else json(401, { error: { code: 'unauthorized', message: 'Sign in.' } });
    } else if (request.url === '/widget.js') {
      response.writeHead(200, { 'content-type': 'text/javascript' }).end('0');
    } else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html>');
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** `npm run doctor -- --url …`, as somebody runs it. */
async function doctor(url: string, token?: string): Promise<{ code: number | null; text: string }> {
  const script = join(root, 'scripts', 'doctor.mjs');
  const child = spawn(projectNode, [script, '--url', url], {
    env: { ...process.env, FOYER_DOCTOR_NODE: process.version, FOYER_PROBE_TOKEN: token ?? '' },
  });
  let text = '';
  child.stdout.on('data', (chunk) => {
    text += chunk;
  });
  child.stderr.on('data', (chunk) => {
    text += chunk;
  });
  const code = await new Promise<number | null>((done) => child.once('exit', done));
  return { code, text };
}

describe('O9: an installation elsewhere', () => {
  it('that is well', async () => {
    const system = systemWith('database', { state: 'ok', text: 'All tables answer.', todo: null });
    const { code, text } = await doctor(await serve(system), TOKEN);
    expect(text).toContain('Nothing to do.');
    expect(text).toContain('ok        All tables answer.');
    expect(code).toBe(0);
  });

  it('without a secret', async () => {
    const { text: message } = saysOf('secret_missing');
    const error = { code: 'unavailable', message };
    const health = {
      ...running,
      ok: false as const,
      part: 'configuration' as const,
      problems: ['secret_missing'],
      error,
    };
    const { code, text } = await doctor(await serve({ health }));
    expect(text).toContain(`FAILED    Foyer is not well (configuration): ${message}`);
    expect(text).toContain(`→ ${saysOf('secret_missing').todo}`);
    expect(code).toBe(1);
  });

  it.each([
    [
      'an edited migration',
      'migrations' as const,
      'The migration 0001_workspace.sql was changed after it was applied to this database.',
    ],
    ['a table that is gone', 'database' as const, 'The table conversations cannot be read.'],
    ['a bucket that is gone', 'files' as const, 'The bucket for files does not answer.'],
  ])('with %s', async (_, part, sentence) => {
    const finding = { state: 'failed' as const, text: sentence, todo: 'Read the guide.' };
    const { code, text } = await doctor(await serve(systemWith(part, finding)), TOKEN);
    expect(text).toContain(`FAILED    ${sentence}`);
    expect(text).toContain('→ Read the guide.');
    expect(code).toBe(1);
  });

  it('without a sender of mails, which is a choice', async () => {
    const { text: sentence, todo } = saysOf('mail_off');
    const finding = { state: 'off' as const, text: sentence, todo };
    const { code, text } = await doctor(await serve(systemWith('mail', finding)), TOKEN);
    expect(text).toContain(`note      ${sentence}`);
    expect(text).toContain(`→ ${todo}`);
    expect(code).toBe(0);
  });

  it('with a problem that everybody may know of, without a token', async () => {
    const health = { ...WELL, problems: ['quotas_invalid'] };
    const { code, text } = await doctor(await serve({ health }));
    expect(text).toContain(`WARNING   ${saysOf('quotas_invalid').text}`);
    expect(text).toContain('that needs FOYER_PROBE_TOKEN');
    expect(code).toBe(1);
  });

  it('with another token', async () => {
    const { code, text } = await doctor(await serve({ health: WELL }), `${TOKEN}x`);
    expect(text).toContain('FAILED    The token is not accepted.');
    expect(code).toBe(1);
  });

  it('that cannot be reached', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const url = `http://127.0.0.1:${port}`;
    const { code, text } = await doctor(url);
    expect(text).toContain(
      `FAILED    Foyer does not answer at ${url}: nothing listens there (ECONNREFUSED).`,
    );
    expect(code).toBe(1);
  });

  it.each([
    ['https://nowhere.invalid', /ENOTFOUND|EAI_AGAIN/],
    ['http://127.0.0.1:1', /the address is not valid/],
  ])('that has an address of no use: %s', async (url, reason) => {
    const { code, text } = await doctor(url);
    expect(text).toContain(`FAILED    Foyer does not answer at ${url}: `);
    expect(text).toMatch(reason);
    expect(code).toBe(1);
  });

  it.each([
    [{ status: 404, body: '<h1>Not found</h1>' }, 'is not Foyer (status 404)'],
    [{ status: 200, body: '{"ok": true}' }, 'is not Foyer (status 200)'],
    [
      { status: 301, headers: { location: 'https://chat.example.com/api/health' }, body: '' },
      'redirects to https://chat.example.com',
    ],
  ])('that is something else: %o', async (raw, sentence) => {
    const { code, text } = await doctor(await serve({ health: WELL, raw }));
    expect(text).toContain(sentence);
    expect(code).toBe(1);
  });

  it('no address at all', async () => {
    const { code, text } = await doctor('http://');
    expect(text).toContain('is not an address');
    expect(code).toBe(1);
  });
});
