import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { recorded } from '../../test/recorded.ts';
import { Authenticator, type Faults } from '../../test/stand-ins/authenticator.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { totpCode } from '../../test/stand-ins/totp.ts';
import { call, hire, ORIGIN, type SignedInAgent, settleWorld } from '../../test/world.ts';
import { MAX_PASSKEYS } from './store.ts';

const { accounts, members, passkeys, users } = tables;

/** Passkeys, as the whole Worker answers. */

const PASSWORD = 'correct horse battery';
const MINUTE = 60_000;
const db = openDatabase(env);
let world: Awaited<ReturnType<typeof settleWorld>>;

beforeAll(async () => {
  world = await settleWorld();
});

beforeEach(async () => {
  await db.delete(tables.rateLimits);
});

afterEach(() => {
  vi.useRealTimers();
});

let callers = 0;
const from = (origin = ORIGIN) => ({ origin, 'cf-connecting-ip': `198.51.100.${++callers % 250}` });

/** A new colleague with a passkey. */
async function withPasskey(name: string) {
  const hired = await hire(world.acme.id, name, []);
  const device = await Authenticator.make();
  const added = await add(hired.agent, device);
  expect(added.status).toBe(201);
  return { ...hired, device, passkey: added.json.passkey };
}

async function challengeFor(agent: SignedInAgent, password?: string) {
  return agent.call('POST', '/admin/me/passkeys/challenge', { ...(password && { password }) });
}

async function add(agent: SignedInAgent, device: Authenticator, faults?: Faults) {
  const { json } = await challengeFor(agent);
  const sent = await device.register(json.challenge, ORIGIN, faults);
  return agent.call('POST', '/admin/me/passkeys', { name: 'Phone', ...sent });
}

async function newChallenge(): Promise<string> {
  const { json } = await call('POST', '/api/auth/passkey/challenge', { headers: from() });
  return json.challenge;
}

const signIn = (body: unknown, headers = from()) =>
  call('POST', '/api/auth/passkey/sign-in', { body, headers });

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

const me = async (cookie: string) =>
  (await call('GET', '/api/auth/get-session', { headers: { ...from(), cookie } })).json;

describe('adding a passkey', () => {
  test('gives what the browser needs, and lists it afterwards', async () => {
    const { agent, device, passkey, id } = await withPasskey('Ada');
    expect(passkey).toEqual({
      id: expect.any(String),
      name: 'Phone',
      created_at: expect.any(String),
      last_used_at: null,
    });
    const { json } = await challengeFor(agent);
    expect(json).toEqual({
      challenge: expect.any(String),
      host: 'chat.example',
      user: { id, name: 'Ada', email: 'ada@hired.example' },
      algorithms: [-7, -257],
      existing: [device.id],
    });
    const listed = await agent.call('GET', '/admin/me/passkeys');
    expect(listed.json.items).toEqual([passkey]);
    expect(await recorded(world.acme.id, 'passkey.added')).toMatchObject([
      { actor: { name: 'Ada' }, subject: { id, name: 'Ada' }, after: { name: 'Phone' } },
    ]);
  });

  test('takes a challenge once, for the person who asked for it, and not for signing in', async () => {
    const { agent } = await hire(world.acme.id, 'Bert', []);
    const { agent: other } = await hire(world.acme.id, 'Bess', []);
    const device = await Authenticator.make();
    const { json } = await challengeFor(agent);
    const sent = { name: 'Phone', ...(await device.register(json.challenge, ORIGIN)) };
    expect((await other.call('POST', '/admin/me/passkeys', sent)).status).toBe(400);
    expect((await agent.call('POST', '/admin/me/passkeys', sent)).status).toBe(201);
    expect((await agent.call('POST', '/admin/me/passkeys', sent)).status).toBe(400);
    const anybodys = await device.register(await newChallenge(), ORIGIN);
    const reply = await agent.call('POST', '/admin/me/passkeys', { name: 'Phone', ...anybodys });
    expect(reply.status).toBe(400);
  });

  test('takes a challenge for ten minutes', async () => {
    const { agent } = await hire(world.acme.id, 'Carl', []);
    const device = await Authenticator.make();
    const { json } = await challengeFor(agent);
    const sent = { name: 'Phone', ...(await device.register(json.challenge, ORIGIN)) };
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * MINUTE + 1 });
    expect((await agent.call('POST', '/admin/me/passkeys', sent)).status).toBe(400);
  });

  test('refuses one that another account has registered', async () => {
    const { device } = await withPasskey('Dora');
    const { agent } = await hire(world.acme.id, 'Dirk', []);
    expect((await add(agent, device)).status).toBe(409);
  });

  test('refuses a device that did not verify its user', async () => {
    const { agent } = await hire(world.acme.id, 'Egon', []);
    expect((await add(agent, await Authenticator.make(), { flags: 0x01 })).status).toBe(400);
  });

  test('needs the password once the sign-in is ten minutes old', async () => {
    const { agent } = await hire(world.acme.id, 'Fay', []);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * MINUTE + 1 });
    const stale = await challengeFor(agent);
    expect(stale.status).toBe(403);
    expect(stale.json.error.message).toContain('Enter your password, or sign in again');
    expect((await challengeFor(agent, 'a guess')).json.error.fields).toHaveProperty('password');
    expect((await challengeFor(agent, PASSWORD)).status).toBe(200);
  });

  test(`ends at ${MAX_PASSKEYS}`, async () => {
    const { agent } = await withPasskey('Gus');
    for (let count = 1; count < MAX_PASSKEYS; count += 1) {
      expect((await add(agent, await Authenticator.make())).status).toBe(201);
    }
    expect((await challengeFor(agent)).status).toBe(409);
  });

  test('S25: is told by mail, and so is removing one', async () => {
    const { agent } = await hire(world.acme.id, 'Hal', []);
    const heardMails = hearMails();
    const device = await Authenticator.make();
    const { json } = await challengeFor(agent);
    const sent = { name: 'Call +1 555', ...(await device.register(json.challenge, ORIGIN)) };
    const added = await agent.call('POST', '/admin/me/passkeys', sent, heardMails.bindings);
    await vi.waitFor(() => expect(heardMails.mails).toHaveLength(1));
    expect(heardMails.mails[0]?.to).toBe('hal@hired.example');
    expect(heardMails.mails[0]?.text).toContain('has a new passkey');
    // What somebody typed is in no mail of ours.
    expect(heardMails.mails[0]?.text).not.toContain('555');
    const path = `/admin/me/passkeys/${added.json.passkey.id}/remove`;
    await agent.call('POST', path, {}, heardMails.bindings);
    await vi.waitFor(() => expect(heardMails.mails).toHaveLength(2));
    expect(heardMails.mails[1]?.text).toContain('was removed');
  });
});

describe('signing in with a passkey', () => {
  test('gives the session that a password gives, and notes when', async () => {
    const { agent, device, id } = await withPasskey('Ida');
    const { status, json, headers } = await signIn(await device.sign(await newChallenge(), ORIGIN));
    expect([status, json]).toEqual([200, { success: true }]);
    const cookies = headers.getSetCookie();
    const session = cookies.find((cookie) => cookie.startsWith('__Host-foyer.session_token='));
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) {
      expect(session).toContain(attribute);
    }
    expect((await me(cookiesOf(headers))).user.id).toBe(id);
    // The browser is known from now on, as after a password.
    expect(cookies.some((cookie) => cookie.startsWith('__Host-foyer.browser='))).toBe(true);
    const [listed] = (await agent.call('GET', '/admin/me/passkeys')).json.items;
    expect(Date.parse(listed.last_used_at)).toBeGreaterThan(Date.now() - MINUTE);
  });

  test('takes an answer once, even twice at the same time', async () => {
    const { device } = await withPasskey('Jan');
    const sent = await device.sign(await newChallenge(), ORIGIN);
    const answers = await Promise.all([signIn(sent), signIn(sent)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 401]);
    expect((await signIn(sent)).status).toBe(401);
  });

  test('takes an answer for ten minutes, and no challenge for a registration', async () => {
    const { agent, device } = await withPasskey('Kim');
    const { json } = await challengeFor(agent);
    expect((await signIn(await device.sign(json.challenge, ORIGIN))).status).toBe(401);
    expect((await signIn(await device.sign('made up', ORIGIN))).status).toBe(401);
    const late = await device.sign(await newChallenge(), ORIGIN);
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * MINUTE + 1 });
    expect((await signIn(late)).status).toBe(401);
  });

  test('is refused for a passkey that nobody has, with another key, and unverified', async () => {
    const { device } = await withPasskey('Lea');
    const stranger = await Authenticator.make();
    expect((await signIn(await stranger.sign(await newChallenge(), ORIGIN))).status).toBe(401);
    const forged = await stranger.sign(await newChallenge(), ORIGIN);
    expect((await signIn({ ...forged, credentialId: device.id })).status).toBe(401);
    const unverified = await device.sign(await newChallenge(), ORIGIN, { flags: 0x01 });
    expect((await signIn(unverified)).status).toBe(401);
    const phished = await device.sign(await newChallenge(), 'https://chat.example.evil.example');
    expect((await signIn(phished)).status).toBe(401);
  });

  test('is refused when another site asks', async () => {
    const { device } = await withPasskey('Max');
    const sent = await device.sign(await newChallenge(), ORIGIN);
    expect((await signIn(sent, from('https://evil.example'))).status).toBe(403);
    expect((await signIn(sent)).status).toBe(200);
  });

  test('is refused for a copy whose count stands still', async () => {
    const { agent } = await hire(world.acme.id, 'Nia', []);
    const device = await Authenticator.make();
    device.count = 5;
    await add(agent, device);
    const tried = async (count: number) => {
      device.count = count;
      return (await signIn(await device.sign(await newChallenge(), ORIGIN))).status;
    };
    expect(await tried(6)).toBe(200);
    expect(await tried(6)).toBe(401);
    expect(await tried(5)).toBe(401);
    expect(await tried(0)).toBe(401);
    expect(await tried(7)).toBe(200);
  });

  test('asks for no code: it is two factors', async () => {
    const { agent, device, id } = await withPasskey('Ole');
    const begun = await agent.call('POST', '/admin/me/two-factor', { password: PASSWORD });
    const code = await totpCode(begun.json.totpURI);
    await agent.call('POST', '/admin/me/two-factor/confirm', { code });
    const { headers } = await signIn(await device.sign(await newChallenge(), ORIGIN));
    const session = await me(cookiesOf(headers));
    expect(session.user).toMatchObject({ id, two_factor: true });
  });

  test('is refused to somebody who is a member of nothing', async () => {
    const { device, id } = await withPasskey('Pia');
    await db.delete(members).where(eq(members.userId, id));
    const { status, json } = await signIn(await device.sign(await newChallenge(), ORIGIN));
    expect(status).toBe(403);
    expect(json.error.message).toContain("doesn't belong to an organization");
  });

  test('S25: in a new browser is told by mail', async () => {
    const { device, id } = await withPasskey('Rolf');
    await db
      .update(users)
      .set({ createdAt: new Date(0) })
      .where(eq(users.id, id));
    const heardMails = hearMails();
    const body = await device.sign(await newChallenge(), ORIGIN);
    await call('POST', '/api/auth/passkey/sign-in', {
      body,
      headers: from(),
      bindings: heardMails.bindings,
    });
    await vi.waitFor(() => expect(heardMails.mails).toHaveLength(1));
    expect(heardMails.mails[0]?.text).toContain('in a new browser on');
  });
});

describe('one’s passkeys', () => {
  test('are renamed and removed, and nobody else’s', async () => {
    const { agent, device, passkey } = await withPasskey('Sven');
    const { agent: other } = await hire(world.acme.id, 'Tara', []);
    const path = `/admin/me/passkeys/${passkey.id}`;
    expect((await other.call('PATCH', path, { name: 'Mine' })).status).toBe(404);
    expect((await other.call('POST', `${path}/remove`, {})).status).toBe(404);
    const renamed = await agent.call('PATCH', path, { name: 'Laptop' });
    expect(renamed.json.passkey).toEqual({ ...passkey, name: 'Laptop' });
    expect((await agent.call('POST', `${path}/remove`, {})).status).toBe(204);
    expect((await agent.call('GET', '/admin/me/passkeys')).json.items).toEqual([]);
    expect((await recorded(world.acme.id, 'passkey.removed'))[0]).toMatchObject({
      actor: { name: 'Sven' },
      before: { name: 'Laptop' },
    });
    expect((await signIn(await device.sign(await newChallenge(), ORIGIN))).status).toBe(401);
  });

  test('are removed with the password once the sign-in is ten minutes old', async () => {
    const { agent, passkey } = await withPasskey('Uma');
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * MINUTE + 1 });
    const path = `/admin/me/passkeys/${passkey.id}/remove`;
    expect((await agent.call('POST', path, {})).status).toBe(403);
    expect((await agent.call('POST', path, { password: PASSWORD })).status).toBe(204);
  });

  test('keep the last one of an account without a password', async () => {
    const { agent, id, passkey } = await withPasskey('Vera');
    await db.update(accounts).set({ password: null }).where(eq(accounts.userId, id));
    const path = `/admin/me/passkeys/${passkey.id}/remove`;
    const refused = await agent.call('POST', path, {});
    expect([refused.status, refused.json.error.code]).toEqual([409, 'conflict']);
    await add(agent, await Authenticator.make());
    expect((await agent.call('POST', path, {})).status).toBe(204);
  });

  test('go with their person', async () => {
    const { id } = await withPasskey('Will');
    await db.delete(users).where(eq(users.id, id));
    expect(await db.select().from(passkeys).where(eq(passkeys.user_id, id))).toEqual([]);
  });

  test('S7: keep a reset by mail from proving the address of an account that may be somebody else’s', async () => {
    const { id, device } = await withPasskey('Xaver');
    await db.update(users).set({ emailVerified: false }).where(eq(users.id, id));
    const heardMails = hearMails();
    const email = 'xaver@hired.example';
    await call('POST', '/api/password/forgot', {
      body: { email },
      headers: from(),
      bindings: heardMails.bindings,
    });
    await vi.waitFor(() => expect(heardMails.mails).toHaveLength(1));
    const [, token] = /new-password#([\w.%-]+)/.exec(heardMails.mails[0]?.text ?? '') ?? [];
    const body = { token, password: 'an entirely new one' };
    expect((await call('POST', '/api/password/reset', { body, headers: from() })).status).toBe(204);
    const { headers } = await signIn(await device.sign(await newChallenge(), ORIGIN));
    expect((await me(cookiesOf(headers))).user.email_verified).toBe(false);
  });
});
