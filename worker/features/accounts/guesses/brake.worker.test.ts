import { env } from 'cloudflare:workers';
import { hashPassword } from 'better-auth/crypto';
import { eq, like } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { signLink } from '../../../auth/signed.ts';
import { tables } from '../../../database/configured.ts';
import { openDatabase } from '../../../database/database.ts';
import { hearMails } from '../../../test/stand-ins/mails.ts';
import { call, ORIGIN, SignedInAgent, settleWorld } from '../../../test/world.ts';
import { invite, join } from '../../joining/store.ts';
import { countTry } from '../store.ts';
import { FREE_TRIES, pauseAfter, WRONG_GUESSES } from './brake.ts';
import { tryPassword } from './tries.ts';

/** S6: the brake on guesses at passwords, as the whole Worker answers. */

const PASSWORD = 'correct horse battery';
const OLIVE = 'olive@acme.example';
const NOBODY = 'nobody@acme.example';
const db = openDatabase(env);
const access = { database: db, secret: env.FOYER_SECRET, origin: ORIGIN };
let world: Awaited<ReturnType<typeof settleWorld>>;

beforeAll(async () => {
  world = await settleWorld();
});

beforeEach(async () => {
  await db.delete(tables.rateLimits);
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
});

afterEach(() => {
  vi.useRealTimers();
});

let callers = 0;
/** An address that has never been here. */
const stranger = () => {
  callers += 1;
  return `198.18.${callers >> 8}.${callers & 255}`;
};

type From = { address?: string; cookie?: string };

function signIn(email: string, password: string, { address = stranger(), cookie }: From = {}) {
  return call('POST', '/api/auth/sign-in/email', {
    body: { email, password },
    headers: { origin: ORIGIN, 'cf-connecting-ip': address, ...(cookie && { cookie }) },
  });
}

const guess = async (email: string, from?: From) =>
  (await signIn(email, `guess ${callers}`, from)).status;

async function brake(email: string): Promise<void> {
  const statuses: number[] = [];
  for (let tried = 0; tried <= FREE_TRIES; tried += 1) statuses.push(await guess(email));
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  expect(statuses.at(-1)).toBe(429);
}

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

/** The cookie by which the browser is known from now on; '' where none is set. */
const browserIn = (headers: Headers) =>
  cookiesOf(headers)
    .split('; ')
    .find((cookie) => cookie.includes('.browser=')) ?? '';

describe('guesses at one account', () => {
  test('S6: from many addresses do not pass its brake, and the right password neither', async () => {
    await brake(OLIVE);
    const { status, headers, json } = await signIn(OLIVE, PASSWORD);
    expect(status).toBe(429);
    expect(headers.get('retry-after')).toBe('30');
    expect(json.error.message).toMatch(/reset your password by e-mail/);
  });

  test('S6: pass one by one as the pauses end, and each pause is longer', async () => {
    await brake(OLIVE);
    for (let more = 0; more < 4; more += 1) {
      const pause = pauseAfter(FREE_TRIES + more);
      vi.setSystemTime(Date.now() + pause - 1);
      expect(await guess(OLIVE)).toBe(429);
      vi.setSystemTime(Date.now() + 1);
      // Of several at once, one.
      const statuses = await Promise.all([1, 2, 3].map(() => guess(OLIVE)));
      expect(statuses.sort()).toEqual([401, 429, 429]);
    }
  });

  test('S6: all at once get no more attempts than one after the other', async () => {
    const statuses = await Promise.all(Array.from({ length: 40 }, () => guess(OLIVE)));
    expect(statuses.filter((status) => status === 401)).toHaveLength(FREE_TRIES);
  });

  test('S6: end with the right password, and are forgotten after a day', async () => {
    for (let tried = 1; tried < FREE_TRIES; tried += 1) await guess(OLIVE);
    expect((await signIn(OLIVE, PASSWORD)).status).toBe(200);
    await brake(OLIVE);
    vi.setSystemTime(Date.now() + 24 * 60 * 60_000);
    expect((await signIn(OLIVE, PASSWORD)).status).toBe(200);
  });

  test('S6 S17: are answered alike where there is no such account', async () => {
    await brake(NOBODY);
    await brake(OLIVE);
    const [existing, unknown] = [await signIn(OLIVE, 'a guess'), await signIn(NOBODY, 'a guess')];
    expect(unknown.json).toEqual(existing.json);
    expect(unknown.headers.get('retry-after')).toBe(existing.headers.get('retry-after'));
  });

  test('S6: with an invitation at hand count, too', async () => {
    const id = await invite(db, world.acme.id, {
      email: 'gus@globex.example',
      role: 'agent',
      inviter_id: world.acme.users[0] ?? '',
      expires_at: new Date(Date.now() + 60_000),
    });
    const token = await signLink(env.FOYER_SECRET, 'invitation', [id]);
    const accept = async () => {
      const body = { token, password: 'a guess' };
      const headers = { 'cf-connecting-ip': stranger() };
      return (await call('POST', '/api/invitations/accept', { body, headers })).status;
    };
    for (let tried = 0; tried < FREE_TRIES; tried += 1) expect(await accept()).toBe(401);
    expect(await accept()).toBe(429);
    expect((await signIn('gus@globex.example', PASSWORD)).status).toBe(429);
  });

  test('S6: count against somebody’s own session, which may be a stolen one', async () => {
    const amos = await SignedInAgent.signIn('amos@acme.example');
    const change = async (current: string) => {
      const body = { current, next: 'nine boats in a row' };
      return (await amos.call('POST', '/admin/me/password', body)).status;
    };
    for (let tried = 0; tried < FREE_TRIES; tried += 1) expect(await change('guess')).toBe(400);
    expect(await change(PASSWORD)).toBe(429);
  });
});

describe('an account that only names the address of another', () => {
  test('S6: does not end the count of guesses at the holder’s password', async () => {
    const password = await hashPassword('nine boats in a row');
    await join(db, world.globex.id, 'agent', {
      name: 'Eve',
      email: OLIVE,
      password,
      proven: false,
    });
    const statuses: number[] = [];
    let cookie = '';
    for (let round = 0; round < 6; round += 1) {
      for (const from of [{}, { cookie }, {}]) statuses.push(await guess(OLIVE, from));
      const own = await signIn(OLIVE, 'nine boats in a row', { cookie });
      if (own.status === 429) continue;
      expect(own.json.user.name).toBe('Eve');
      cookie = browserIn(own.headers) || cookie;
    }
    expect(statuses.filter((status) => status === 401).length).toBeLessThanOrEqual(FREE_TRIES);
    expect(statuses.at(-1)).toBe(429);
    // Her own browser still lets her in.
    expect((await signIn(OLIVE, 'nine boats in a row', { cookie })).status).toBe(200);
    await db.delete(tables.users).where(eq(tables.users.name, 'Eve'));
  });
});

describe('the owner of an account that somebody guesses at', () => {
  test('S6: signs in where they did before, and guesses there are braked apart', async () => {
    // Their own sign-ins count as tries, and cost no row that says that they were right.
    const { headers } = await signIn(OLIVE, PASSWORD);
    const cookie = browserIn(headers);
    expect(cookie).toMatch(/^__Host-foyer\.browser=/);
    expect(headers.getSetCookie()[1]).toMatch(/Path=\/; .*HttpOnly; SameSite=Lax; Secure$/);
    // A session from before browsers were known makes its own one known.
    const session = cookiesOf(headers).split('; ')[0] ?? '';
    const me = await call('GET', '/api/admin/me', { headers: { cookie: session } });
    expect(browserIn(me.headers)).toMatch(/^__Host-foyer\.browser=/);
    const again = await call('GET', '/api/admin/me', {
      headers: { cookie: `${session}; ${cookie}` },
    });
    expect(again.headers.getSetCookie()).toEqual([]);

    await brake(OLIVE);
    expect((await signIn(OLIVE, PASSWORD, { cookie })).status).toBe(200);
    // It is worth nothing elsewhere, or forged.
    await brake('amos@acme.example');
    expect((await signIn('amos@acme.example', PASSWORD, { cookie })).status).toBe(429);
    expect((await signIn(OLIVE, PASSWORD, { cookie: `${cookie}x` })).status).toBe(429);
    for (let tried = 0; tried < FREE_TRIES; tried += 1) await guess(OLIVE, { cookie });
    expect(await guess(OLIVE, { cookie })).toBe(429);
  });

  test('S6: signs in after a reset by mail, also while the guessing goes on', async () => {
    await brake(OLIVE);
    const { bindings, mails } = hearMails();
    await call('POST', '/api/password/forgot', { body: { email: OLIVE }, bindings });
    const token = /new-password#(\S+)/.exec(mails[0]?.text ?? '')?.[1] ?? '';
    const next = 'nine boats in a row';
    const reset = await call('POST', '/api/password/reset', { body: { token, password: next } });
    expect(reset.status).toBe(204);
    expect((await signIn(OLIVE, next)).status).toBe(200);
    await brake(OLIVE);
    expect((await signIn(OLIVE, next)).status).toBe(429);
    const cookie = cookiesOf(reset.headers);
    expect((await signIn(OLIVE, next, { cookie })).status).toBe(200);
    await db.update(tables.accounts).set({ password: await hashPassword(PASSWORD) });
  });
});

describe('sign-ins from one address', () => {
  test('S6: of an office of 100 succeed in one minute, mistakes among them', async () => {
    // Without the hashes, which take longer than the minute on a small machine.
    const headers = { 'cf-connecting-ip': stranger() };
    const request = new Request(ORIGIN, { headers });
    for (let index = 0; index < 100; index += 1) {
      const email = `person-${index}@acme.example`;
      if (index % 5 === 0) await (await tryPassword(access, request, email)).wrong();
      await (await tryPassword(access, request, email)).right(email);
    }
    expect((await signIn(OLIVE, PASSWORD, { address: headers['cf-connecting-ip'] })).status).toBe(
      200,
    );
  });

  test('S6: one password tried on many accounts ends after a hundred', async () => {
    const address = stranger();
    expect(await guess('someone@acme.example', { address })).toBe(401);
    const { rateLimits } = tables;
    await db
      .update(rateLimits)
      .set({ count: WRONG_GUESSES - 1 })
      .where(like(rateLimits.key, 'address:%'));
    expect(await guess('another@acme.example', { address })).toBe(401);
    const { status, headers, json } = await signIn(OLIVE, PASSWORD, { address });
    expect(status).toBe(429);
    expect(Number(headers.get('retry-after'))).toBe(600);
    expect(json.error.message).toMatch(/your network/);
    expect((await signIn(OLIVE, PASSWORD)).status).toBe(200);
    vi.setSystemTime(Date.now() + 10 * 60_000);
    expect((await signIn(OLIVE, PASSWORD, { address })).status).toBe(200);
  });
});

test('S6: the database pauses as the rule says, after any number of tries', async () => {
  const now = Date.now();
  for (let tries = FREE_TRIES - 1; tries < FREE_TRIES + 12; tries += 1) {
    const key = `tries-${tries}`;
    const row = { id: crypto.randomUUID(), key, count: tries, lastRequest: now };
    await db.insert(tables.rateLimits).values(row);
    const pause = pauseAfter(tries);
    if (pause > 0) {
      expect(await countTry(db, key, now + pause - 1)).toEqual({ wait: 1 });
      expect(await countTry(db, key, now)).toEqual({ wait: pause });
    }
    expect(await countTry(db, key, now + pause)).toEqual({ tries: tries + 1 });
  }
});
