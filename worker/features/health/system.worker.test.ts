import {
  createExecutionContext,
  createScheduledController,
  waitOnExecutionContext,
} from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { FROZEN } from '../../../drizzle/migrations/frozen.ts';
import { type SystemHealth, systemHealth } from '../../../protocol/resources/health.ts';
import { databaseKind } from '../../database/configured.ts';
import { sendMail } from '../../email/send.ts';
import type { Env } from '../../env.ts';
import { app } from '../../http/app.ts';
import worker from '../../index.ts';
import { away } from '../../test/outages/away.ts';
import { run } from '../../test/run.ts';
import { ORIGIN, SignedInAgent, settleWorld } from '../../test/world.ts';
import { location } from './parts.ts';

/** O9: health for owners names each part that is not well, and what to do. */

const PROBE = { FOYER_PROBE_TOKEN: 'a-probe-of-32-bytes-or-more-for-tests' };

let olive: SignedInAgent;

beforeAll(async () => {
  await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

async function ask(
  changed: object = {},
  headers: Record<string, string> = { authorization: `Bearer ${PROBE.FOYER_PROBE_TOKEN}` },
): Promise<Response> {
  const bindings: Env = Object.assign({ ...env, ...PROBE }, changed);
  const context = createExecutionContext();
  const request = new Request(`${ORIGIN}/api/admin/health`, { headers });
  const answer = await app.fetch(request, bindings, context);
  await waitOnExecutionContext(context);
  return answer;
}

async function look(changed: object = {}): Promise<SystemHealth> {
  const answer = await ask(changed);
  expect(answer.status).toBe(200);
  return systemHealth.strict().parse(await answer.json());
}

const part = ({ parts }: SystemHealth, name: string) => parts.find((part) => part.part === name);

/** The parts that are not simply well. */
const unwell = ({ parts }: SystemHealth) =>
  parts.filter(({ state }) => state !== 'ok').map(({ part, state }) => [part, state]);

/** A rejected answer of a binding, with words that must not get out. */
const lost = (message: string) => () => Promise.reject(new Error(message));

describe('O9: who may look', () => {
  it('an owner who is signed in', async () => {
    const { status } = await olive.call('GET', '/admin/health');
    expect(status).toBe(200);
  });

  it('a probe with the token, and nobody with another one', async () => {
    expect((await ask()).status).toBe(200);
    const guess = { authorization: `Bearer ${PROBE.FOYER_PROBE_TOKEN}x` };
    expect((await ask({}, guess)).status).toBe(401);
    expect((await ask({ FOYER_PROBE_TOKEN: undefined })).status).toBe(401);
    expect((await ask({ FOYER_PROBE_TOKEN: '' }, { authorization: 'Bearer ' })).status).toBe(401);
    const short = 'x'.repeat(31);
    const bearer = { authorization: `Bearer ${short}` };
    expect((await ask({ FOYER_PROBE_TOKEN: short }, bearer)).status).toBe(401);
  });

  it('an agent may not', async () => {
    const amos = await SignedInAgent.signIn('amos@acme.example');
    expect((await amos.call('GET', '/admin/health')).status).toBe(403);
  });
});

describe('O9: what it says', () => {
  it('names each part of an installation that is well', async () => {
    const health = await look({ FOYER_SETUP_CODE: undefined });
    expect(health.ok).toBe(true);
    expect(unwell(health).filter(([name]) => name !== 'jobs')).toEqual([]);
    expect(part(health, 'database')?.findings[0]?.text).toMatch(/^All \d\d tables answer/);
  });

  it('a code for the first owner that is left over', async () => {
    const health = await look();
    expect(unwell(health)).toContainEqual(['configuration', 'warning']);
    expect(part(health, 'configuration')?.findings[0]?.text).toContain('FOYER_SETUP_CODE');
  });

  it('the variables that have no effect, by their names', async () => {
    const health = await look({ FOYER_QUOTA: 'a value' });
    const text = JSON.stringify(health);
    expect(text).toContain('FOYER_QUOTA');
    expect(text).not.toContain('a value');
  });

  it('a database that is away, and nothing of what the driver said', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const { DB, HYPERDRIVE } = away;
    const health = await look({ DB, HYPERDRIVE });
    expect(health.ok).toBe(false);
    expect(unwell(health)).toEqual(
      expect.arrayContaining([
        ['database', 'failed'],
        ['migrations', 'failed'],
      ]),
    );
    expect(part(health, 'database')?.findings[0]?.text).toMatch(
      /^The database does not answer \(\w+\)\.$/,
    );
    expect(JSON.stringify(health)).not.toContain('Network connection lost');
  });

  it('a bucket that is gone', async () => {
    const health = await look({
      FILES: { head: lost('head: no such bucket foyer-files (10006)') },
    });
    expect(health.ok).toBe(false);
    expect(part(health, 'files')).toMatchObject({
      state: 'failed',
      findings: [{ text: 'The bucket for files does not answer (r2_10006).' }],
    });
  });

  it('files and mail that are off', async () => {
    const health = await look({ FILES: undefined, FOYER_EMAIL_FROM: '' });
    expect(health.ok).toBe(true);
    expect(unwell(health)).toEqual(
      expect.arrayContaining([
        ['files', 'off'],
        ['mail', 'off'],
      ]),
    );
  });

  it('mails that fail, until one was sent again', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'log').mockImplementation(() => {});
    const mail = { kind: 'password', to: 'a@b.example', subject: 'S', blocks: [] } as const;
    const refuse = Object.assign(new Error('a@b.example'), { code: 'E_SENDER_NOT_VERIFIED' });
    const failing: Env = { ...env, EMAIL: { send: () => Promise.reject(refuse) } };
    await sendMail(failing, mail);
    const health = await look();
    expect(unwell(health)).toContainEqual(['mail', 'warning']);
    expect(part(health, 'mail')?.findings[0]?.text).toMatch(
      /^The last e-mail, at .* UTC, could not be sent \(E_SENDER_NOT_VERIFIED\)\./,
    );
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 });
    await sendMail({ ...env, EMAIL: { send: async () => ({ messageId: '' }) } }, mail);
    expect(part(await look(), 'mail')?.state).toBe('ok');
  });

  it('objects that do not answer', async () => {
    const INBOXES = { getByName: () => ({ outcomes: lost('Durable Object reset') }) };
    const health = await look({ INBOXES });
    expect(health.ok).toBe(false);
    expect(part(health, 'objects')).toMatchObject({
      state: 'failed',
      findings: [{ text: 'The objects of organizations do not answer (object_reset).' }],
    });
    expect(part(health, 'jobs')?.state).toBe('warning');
  });

  it('the jobs of the night, as they ended', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    vi.spyOn(console, 'log').mockImplementation(() => {});
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 27 * 3_600_000 });
    const text = async () => part(await look(), 'jobs')?.findings[0]?.text;
    await worker.scheduled(createScheduledController(), env);
    expect(await text()).toMatch(/ ran at .* UTC\.$/);
    vi.setSystemTime(Date.now() + 1_000);
    await worker.scheduled(createScheduledController(), away);
    expect(await text()).toMatch(/ failed at .* UTC \(\w+\)\.$/);
  });
});

/** Changes the database for as long as the work takes. */
async function changed(statements: string[], back: string[], work: () => Promise<void>) {
  try {
    for (const statement of statements) await run(statement);
    await work();
  } finally {
    for (const statement of back) await run(statement);
  }
}

describe('O9: a database that lacks something', () => {
  const rename = (from: string, to: string) => `ALTER TABLE ${from} RENAME TO ${to}`;

  it('a table that is gone', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const [take, back] = [rename('conversations', 'later'), rename('later', 'conversations')];
    await changed([take], [back], async () => {
      const health = await look();
      expect(health.ok).toBe(false);
      const { findings = [] } = part(health, 'database') ?? {};
      expect(findings).toMatchObject([
        { state: 'failed', text: expect.stringMatching(/^The table conversations cannot be read/) },
      ]);
      // The database answers: a probe is not rung for a part of it.
      const probed = await app.fetch(
        new Request(`${ORIGIN}/api/health`),
        env,
        createExecutionContext(),
      );
      expect(probed.status).toBe(200);
    });
  });

  it('a column that is gone', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => {});
    const column = 'ALTER TABLE labels RENAME COLUMN';
    await changed([`${column} color TO later`], [`${column} later TO color`], async () => {
      const text = part(await look(), 'database')?.findings[0]?.text;
      expect(text).toMatch(/^The table labels cannot be read \((no_such_column|42703)\)\.$/);
    });
  });
});

describe('O9 O1: migrations', () => {
  const [, second] = FROZEN[databaseKind === 'd1' ? 'sqlite' : 'postgres'];
  if (!second) throw new Error('There are no migrations.');

  it('one that was edited after it was applied', async () => {
    const hash = (text: string) =>
      `UPDATE foyer_migrations SET hash = '${text}' WHERE name = '${second.name}'`;
    const statements =
      databaseKind === 'd1'
        ? [
            'CREATE TABLE IF NOT EXISTS foyer_migrations (name TEXT PRIMARY KEY, hash TEXT NOT NULL)',
            `INSERT INTO foyer_migrations VALUES ('${second.name}', '') ON CONFLICT DO NOTHING`,
          ]
        : [];
    await changed([...statements, hash('another')], [hash(second.hash)], async () => {
      const health = await look();
      expect(health.ok).toBe(false);
      expect(part(health, 'migrations')).toMatchObject({
        state: 'failed',
        findings: [
          {
            text: `The migration ${second.name} was changed after it was applied to this database.`,
          },
        ],
      });
    });
  });

  it('one that was not applied, and one of a later version', async () => {
    const table = databaseKind === 'd1' ? 'd1_migrations' : 'foyer_migrations';
    const name = (from: string, to: string) =>
      `UPDATE ${table} SET name = '${to}' WHERE name = '${from}'`;
    const later = '9999_later.sql';
    await changed([name(second.name, later)], [name(later, second.name)], async () => {
      const migrations = part(await look(), 'migrations')?.findings.map(({ state, text }) => [
        state,
        text,
      ]);
      expect(migrations).toEqual([
        ['failed', `The migration ${second.name} was not applied.`],
        ['warning', `The database has the migration ${later} of a later version.`],
      ]);
    });
  });
});

describe('where the objects are created', () => {
  const findingsFor = async (region: string | undefined, wanted?: string) => {
    const run = async () => ({ meta: { ...(region && { served_by_region: region }) } });
    const DB = env.DB && Object.assign(Object.create(env.DB), { prepare: () => ({ run }) });
    const bindings: Env = Object.assign(
      { ...env },
      { DB, ...(wanted && { FOYER_LOCATION: wanted }) },
    );
    return (await location(bindings)).map(({ state, text }) => `${state}: ${text}`);
  };
  const unknown =
    'ok: Organizations’ objects are created in weur. The location of the database is unknown.';

  it('is not spoken of where nothing is set, or nothing that is a location', async () => {
    expect(await findingsFor('WEUR')).toEqual([]);
    expect(await findingsFor('WEUR', 'europe')).toEqual([]);
  });

  it.runIf(databaseKind === 'd1')('is compared with where D1 answers from', async () => {
    expect(await findingsFor('WEUR', 'weur')).toEqual([
      'ok: Organizations’ objects are created in weur, where the database is.',
    ]);
    expect(await findingsFor('ENAM', 'weur')).toEqual([
      'warning: Organizations’ objects are created in weur, and the database answers from enam.',
    ]);
  });

  it('is all that can be said where the database does not tell', async () => {
    expect(await findingsFor(undefined, 'WEUR')).toEqual([unknown]);
  });
});
