import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { totpCode } from '../../test/stand-ins/totp.ts';
import { call, hire, ORIGIN, settleWorld } from '../../test/world.ts';
import { SIGN_IN_LINKS_OF_ACCOUNT } from '../mail-quota/send-within.ts';

const { accounts, countedMails, members, users } = tables;

/** Sign-in links, as the whole Worker answers. */

const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;
const db = openDatabase(env);
let world: Awaited<ReturnType<typeof settleWorld>>;

beforeAll(async () => {
  world = await settleWorld();
});

beforeEach(async () => {
  await db.delete(tables.rateLimits);
  await db.delete(countedMails);
});

afterEach(() => {
  vi.useRealTimers();
});

let callers = 0;
const from = (origin = ORIGIN) => ({ origin, 'cf-connecting-ip': `198.51.100.${++callers % 250}` });

/** Asks for a link; answers the status and the tokens that were mailed, by address. */
async function ask(email: string) {
  const { bindings, mails } = hearMails();
  const { status, json } = await call('POST', '/api/auth/link/send', {
    body: { email },
    headers: from(),
    bindings,
  });
  const tokens = mails.map(({ to, text }) => ({
    to,
    token: /https:\/\/chat\.example\/admin\/sign-in-link#([\w.%-]+)/.exec(text)?.[1] ?? '',
  }));
  return { status, json, tokens };
}

async function tokenFor(email: string): Promise<string> {
  const { tokens } = await ask(email);
  expect(tokens).toHaveLength(1);
  return tokens[0]?.token ?? '';
}

const follow = (token: string, headers: Record<string, string> = from()) =>
  call('POST', '/api/auth/link/sign-in', { body: { token }, headers });

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const me = async (cookie: string) =>
  (await call('GET', '/api/auth/get-session', { headers: { ...from(), cookie } })).json;

describe('a sign-in link', () => {
  test('is mailed to a proven address, and signs in once', async () => {
    const { id } = await hire(world.acme.id, 'Ada', []);
    const { status, json, tokens } = await ask('ada@hired.example');
    expect([status, json]).toEqual([202, { minutes: 15 }]);
    expect(tokens).toEqual([{ to: 'ada@hired.example', token: expect.stringMatching(/./) }]);
    const token = tokens[0]?.token ?? '';
    const answer = await follow(token);
    expect([answer.status, answer.json]).toEqual([200, { second_factor: false }]);
    expect((await me(cookiesOf(answer.headers))).user.id).toBe(id);
    expect(cookiesOf(answer.headers)).toContain('__Host-foyer.browser=');
    expect((await follow(token)).status).toBe(404);
  });

  test('signs in once of two at the same time', async () => {
    await hire(world.acme.id, 'Bert', []);
    const token = await tokenFor('bert@hired.example');
    const answers = await Promise.all([follow(token), follow(token)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
  });

  test('works for 15 minutes', async () => {
    await hire(world.acme.id, 'Cleo', []);
    const token = await tokenFor('cleo@hired.example');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 15 * MINUTE + 1 });
    expect((await follow(token)).status).toBe(404);
  });

  test('shows its page the address, and holds nothing that can be changed', async () => {
    const { id } = await hire(world.acme.id, 'Dora', []);
    const { id: other } = await hire(world.acme.id, 'Dirk', []);
    const token = await tokenFor('dora@hired.example');
    const [, , , shown] = token.split('.');
    expect(decodeURIComponent(shown ?? '')).toBe('dora@hired.example');
    expect((await follow(token.replace(id, other))).status).toBe(404);
    expect((await follow(`${token}x`)).status).toBe(404);
    expect((await follow(token)).status).toBe(200);
  });

  test('asks for the code of a second factor', async () => {
    const { agent, id } = await hire(world.acme.id, 'Egon', []);
    const begun = await agent.call('POST', '/admin/me/two-factor', { password: PASSWORD });
    const uri = begun.json.totpURI;
    const earlier = await totpCode(uri, Date.now() - 30_000);
    await agent.call('POST', '/admin/me/two-factor/confirm', { code: earlier });
    const { status, json, headers } = await follow(await tokenFor('egon@hired.example'));
    expect([status, json]).toEqual([200, { second_factor: true }]);
    expect(await me(cookiesOf(headers))).toBeNull();
    const verify = (code: string) =>
      call('POST', '/api/auth/two-factor/verify-totp', {
        body: { code },
        headers: { ...from(), cookie: cookiesOf(headers) },
      });
    expect((await verify('000000')).status).toBe(401);
    const verified = await verify(await totpCode(uri));
    expect(verified.status).toBe(200);
    expect((await me(cookiesOf(verified.headers))).user.id).toBe(id);
  });

  test('ends with a new password, a new address, and a proof that was lost', async () => {
    const { id } = await hire(world.acme.id, 'Fay', []);
    const changes = [
      () => db.update(accounts).set({ password: 'another hash' }).where(eq(accounts.userId, id)),
      () => db.update(users).set({ email: 'fay@elsewhere.example' }).where(eq(users.id, id)),
      () => db.update(users).set({ emailVerified: false }).where(eq(users.id, id)),
    ];
    for (const change of changes) {
      const [row] = await db.select().from(users).where(eq(users.id, id));
      const token = await tokenFor(row?.email ?? '');
      await change();
      expect((await follow(token)).status).toBe(404);
    }
  });

  test('is refused to somebody who is a member of nothing', async () => {
    const { id } = await hire(world.acme.id, 'Gus', []);
    const token = await tokenFor('gus@hired.example');
    await db.delete(members).where(eq(members.userId, id));
    expect((await follow(token)).status).toBe(403);
  });

  test('is refused when another site asks', async () => {
    await hire(world.acme.id, 'Hal', []);
    const token = await tokenFor('hal@hired.example');
    expect((await follow(token, from('https://evil.example'))).status).toBe(403);
    expect((await follow(token)).status).toBe(200);
  });

  test('signs in an account without a password', async () => {
    const { id } = await hire(world.acme.id, 'Ida', []);
    await db.update(accounts).set({ password: null }).where(eq(accounts.userId, id));
    const { headers } = await follow(await tokenFor('ida@hired.example'));
    expect((await me(cookiesOf(headers))).user.id).toBe(id);
  });
});

describe('asking for a link', () => {
  test('S7: mails none to an address that an account holds or names without proof', async () => {
    const { id } = await hire(world.acme.id, 'Jan', []);
    const email = 'jan@hired.example';
    await db.update(users).set({ emailVerified: false }).where(eq(users.id, id));
    expect(await ask(email)).toMatchObject({ status: 202, tokens: [] });
    const claim = { email: `${id}@unproven.invalid`, claimedEmail: email };
    await db.update(users).set(claim).where(eq(users.id, id));
    expect(await ask(email)).toMatchObject({ status: 202, tokens: [] });
  });

  test('answers the same for an address that has no account', async () => {
    await hire(world.acme.id, 'Kim', []);
    const existing = await ask('kim@hired.example');
    const unknown = await ask('nobody@hired.example');
    expect(unknown).toEqual({ ...existing, tokens: [] });
  });

  test('S8: limits the mails to one account in an hour', async () => {
    await hire(world.acme.id, 'Lea', []);
    let mailed = 0;
    for (let count = 0; count < SIGN_IN_LINKS_OF_ACCOUNT.most + 2; count += 1) {
      mailed += (await ask('lea@hired.example')).tokens.length;
    }
    expect(mailed).toBe(SIGN_IN_LINKS_OF_ACCOUNT.most);
  });

  test('is limited by address of the network, and so are guesses at a link', async () => {
    const headers = { origin: ORIGIN, 'cf-connecting-ip': '203.0.113.77' };
    const statuses = new Set<number>();
    for (let count = 0; count < 21; count += 1) {
      statuses.add((await follow(`${crypto.randomUUID()}.1.a.b.guess`, headers)).status);
    }
    expect([...statuses]).toEqual([404, 429]);
  });

  test('is refused where the installation sends no mails', async () => {
    const { FOYER_EMAIL_FROM: _, ...silent } = env;
    const { status } = await call('POST', '/api/auth/link/send', {
      body: { email: 'olive@acme.example' },
      headers: from(),
      bindings: silent,
    });
    expect(status).toBe(503);
  });
});
