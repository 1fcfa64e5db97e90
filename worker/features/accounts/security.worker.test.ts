import { exports } from 'cloudflare:workers';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { recorded } from '../../test/recorded.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { totpCode } from '../../test/stand-ins/totp.ts';
import { call, ORIGIN, proveAddress, SignedInAgent, settleWorld } from '../../test/world.ts';

/** The caller's own account: second factor, sessions, picture, address. */

const PASSWORD = 'correct horse battery';
const OLIVE = 'olive@acme.example';
const AMOS = 'amos@acme.example';
let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn(OLIVE);
});

afterEach(() => {
  vi.useRealTimers();
});

// Each from an address of its own: tries are counted by it.
let callers = 0;
const from = () => ({ 'cf-connecting-ip': `198.51.100.${++callers}`, origin: ORIGIN });
const pairs = (headers: Headers) =>
  headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');

/** The first step of signing in: what it answers, and the cookies for the second. */
async function firstStep(email: string, password = PASSWORD) {
  const body = { email, password };
  const { status, json, headers } = await call('POST', '/api/auth/sign-in/email', {
    body,
    headers: from(),
  });
  return { status, json, cookie: pairs(headers).join('; ') };
}

async function secondStep(cookie: string, kind: 'totp' | 'backup-code', code: string) {
  const path = `/api/auth/two-factor/verify-${kind}`;
  const { status, headers } = await call('POST', path, {
    body: { code },
    headers: { ...from(), cookie },
  });
  const me = await call('GET', '/api/admin/me', { headers: { cookie: pairs(headers).join('; ') } });
  return { status, me: me.status };
}

describe('a second factor', () => {
  test('holds once a first code was right, is asked for, and goes with the password', async () => {
    const before = { cookie: olive.headers.cookie };
    const refused = await olive.call('POST', '/admin/me/two-factor', { password: 'a guess' });
    expect(refused.json.error.fields).toEqual({ password: 'The password is wrong.' });
    const { status, json } = await olive.call('POST', '/admin/me/two-factor', {
      password: PASSWORD,
    });
    expect(status).toBe(201);
    const { totpURI, backupCodes } = json;
    expect(totpURI).toMatch(/^otpauth:\/\/totp\/Foyer:olive/);
    expect(backupCodes).toHaveLength(10);
    // Begun is not done: nobody is locked out by a code that they never scanned.
    expect((await firstStep(OLIVE)).json.user.email).toBe(OLIVE);

    const wrong = await olive.call('POST', '/admin/me/two-factor/confirm', { code: '000000' });
    expect(wrong).toMatchObject({ status: 400, json: { error: { fields: {} } } });
    const confirmed = await olive.call('POST', '/admin/me/two-factor/confirm', {
      code: await totpCode(totpURI),
    });
    expect(confirmed.status).toBe(204);
    // The session is a new one, under which it is known that there is a second factor.
    const cookie = pairs(confirmed.headers).find((pair) => pair.includes('session_token')) ?? '';
    const headers = { cookie, origin: ORIGIN };
    const me = await call('GET', '/api/admin/me', { headers });
    expect(me.json.user.two_factor).toBe(true);
    expect((await call('GET', '/api/admin/me', { headers: before })).status).toBe(401);

    // The password alone opens nothing.
    const half = await firstStep(OLIVE);
    expect(half.json).toEqual({ second_factor: true });
    const opened = await call('GET', '/api/admin/me', { headers: { cookie: half.cookie } });
    expect(opened.status).toBe(401);
    expect(await secondStep(half.cookie, 'totp', '000000')).toEqual({ status: 401, me: 401 });
    // A code works once (S9), and this one confirmed the factor.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 30_000 });
    const code = await totpCode(totpURI);
    expect(await secondStep(half.cookie, 'totp', code)).toEqual({ status: 200, me: 200 });
    expect((await secondStep('', 'totp', code)).status).toBe(401);
    expect((await firstStep(OLIVE, 'a guess')).status).toBe(401);

    // A backup code lets in once.
    const [backup = ''] = backupCodes;
    const lost = (await firstStep(OLIVE)).cookie;
    expect(await secondStep(lost, 'backup-code', backup)).toEqual({ status: 200, me: 200 });
    const again = (await firstStep(OLIVE)).cookie;
    expect(await secondStep(again, 'backup-code', backup)).toEqual({ status: 401, me: 401 });

    const team = await call('GET', '/api/admin/members', { headers });
    const listed = team.json.items.find(({ email }: { email: string }) => email === OLIVE);
    expect(listed.two_factor).toBe(true);

    const disable = (password: string) =>
      call('POST', '/api/admin/me/two-factor/disable', { body: { password }, headers });
    expect(await recorded(world.acme.id, 'second_factor.added')).toMatchObject([
      { actor: { name: 'Olive' }, subject: { type: 'member', name: 'Olive' } },
    ]);
    expect((await disable('a guess')).status).toBe(400);
    expect(await recorded(world.acme.id, 'second_factor.removed')).toEqual([]);
    expect((await disable(PASSWORD)).status).toBe(204);
    expect(await recorded(world.acme.id, 'second_factor.removed')).toMatchObject([
      { actor: { name: 'Olive' }, subject: { name: 'Olive' } },
    ]);
    expect((await firstStep(OLIVE)).json.user.email).toBe(OLIVE);
    olive = await SignedInAgent.signIn(OLIVE);
  });
});

describe('a second factor that is lost', () => {
  const memberOf = async (email: string) => {
    const { json } = await olive.call('GET', '/admin/members');
    return json.items.find((item: { email: string }) => item.email === email);
  };

  test('is switched off by an owner, who is named in a mail, and by no agent', async () => {
    const amos = await SignedInAgent.signIn(AMOS);
    const begun = await amos.call('POST', '/admin/me/two-factor', { password: PASSWORD });
    const code = await totpCode(begun.json.totpURI);
    expect((await amos.call('POST', '/admin/me/two-factor/confirm', { code })).status).toBe(204);
    expect((await firstStep(AMOS)).json).toEqual({ second_factor: true });
    const { id } = await memberOf(AMOS);
    const owner = await memberOf(OLIVE);
    const cal = await SignedInAgent.signIn('gus@globex.example');
    expect((await cal.call('DELETE', `/admin/members/${id}/second-factor`)).status).toBe(404);

    const { bindings, mails } = hearMails();
    const path = `/admin/members/${id}/second-factor`;
    expect((await olive.call('DELETE', path, undefined, bindings)).status).toBe(204);
    expect(mails).toEqual([{ to: AMOS, text: expect.stringContaining('Olive') }]);
    expect((await memberOf(AMOS)).two_factor).toBe(false);
    const back = await SignedInAgent.signIn(AMOS);
    const refused = await back.call('DELETE', `/admin/members/${owner.id}/second-factor`);
    expect(refused.status).toBe(403);
    // The old app's codes are worth nothing, and a new one can be set up.
    expect((await back.call('POST', '/admin/me/two-factor', { password: PASSWORD })).status).toBe(
      201,
    );
  });
});

describe('where one is signed in', () => {
  const ids = async (agent: SignedInAgent) => {
    const { json } = await agent.call('GET', '/admin/me/sessions');
    return json.items.map(({ id }: { id: string }) => id);
  };

  test('one of them is signed out at once, its sockets with it, and nobody else’s', async () => {
    const here = await SignedInAgent.signIn(AMOS);
    const there = await SignedInAgent.signIn(AMOS);
    const third = await SignedInAgent.signIn(AMOS);
    const { json } = await there.call('GET', '/admin/me/sessions');
    const { id } = json.items.find(({ current }: { current: boolean }) => current);
    expect(await ids(here)).toContain(id);
    const open = await there.socket('/inbox/socket');

    expect((await olive.call('DELETE', `/admin/me/sessions/${id}`)).status).toBe(404);
    expect((await there.call('DELETE', `/admin/me/sessions/${id}`)).status).toBe(409);
    expect((await there.call('GET', '/admin/me')).status).toBe(200);
    expect((await here.call('DELETE', `/admin/me/sessions/${id}`)).status).toBe(204);
    expect((await open.gone()).code).toBe(4401);
    expect((await there.call('GET', '/admin/me')).status).toBe(401);
    expect((await here.call('DELETE', `/admin/me/sessions/${id}`)).status).toBe(404);
    expect(await recorded(world.acme.id, 'sessions.ended')).toMatchObject([
      { actor: { name: 'Amos' }, subject: { name: 'Amos' } },
    ]);

    const other = await third.socket('/inbox/socket');
    expect((await here.call('DELETE', '/admin/me/sessions')).status).toBe(204);
    expect((await other.gone()).code).toBe(4401);
    expect(await ids(here)).toHaveLength(1);
    expect(await recorded(world.acme.id, 'sessions.ended')).toHaveLength(2);
  });

  test('a new password ends the others, and the old one opens nothing', async () => {
    const here = await SignedInAgent.signIn(AMOS);
    const there = await SignedInAgent.signIn(AMOS);
    const change = (current: string, next: string) =>
      here.call('POST', '/admin/me/password', { current, next });
    const short = await change(PASSWORD, 'short');
    expect(Object.keys(short.json.error.fields)).toEqual(['next']);
    expect((await change('a guess', 'another long password')).json.error.fields).toHaveProperty(
      'current',
    );
    expect((await change(PASSWORD, 'another long password')).status).toBe(204);
    expect((await here.call('GET', '/admin/me')).status).toBe(200);
    expect((await there.call('GET', '/admin/me')).status).toBe(401);
    expect((await firstStep(AMOS)).status).toBe(401);
    expect((await change('another long password', PASSWORD)).status).toBe(204);
  });
});

describe('a picture', () => {
  const PNG = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);
  /** Reads the answer to its end: what is left of one outlives the test. */
  const ask = async (path: string, init: RequestInit) => {
    const response = await exports.default.fetch(`${ORIGIN}${path}`, init);
    const { status, headers } = response;
    return { status, headers, bytes: new Uint8Array(await response.arrayBuffer()) };
  };
  const put = async (body: Uint8Array<ArrayBuffer>) => {
    const headers = { ...olive.headers, ...from() };
    const { status, bytes } = await ask('/api/admin/me/picture', { method: 'PUT', headers, body });
    return { status, ...JSON.parse(new TextDecoder().decode(bytes)) };
  };
  const get = (url: string) => ask(url, { headers: from() });

  test('has its own URL, which ends with the picture', async () => {
    const { status, image } = await put(PNG);
    expect(status).toBe(200);
    const { json } = await olive.call('GET', '/admin/me');
    expect(json.user.image).toBe(image);
    const shown = await get(image);
    expect(shown.bytes).toEqual(PNG);
    expect(shown.headers.get('content-type')).toBe('image/png');
    expect(shown.headers.get('content-security-policy')).toContain('sandbox');

    const { image: next } = await put(PNG);
    expect(next).not.toBe(image);
    expect((await get(image)).status).toBe(404);
    expect((await olive.call('DELETE', '/admin/me/picture')).status).toBe(204);
    expect((await get(next)).status).toBe(404);
    expect((await olive.call('GET', '/admin/me')).json.user.image).toBe(null);
  });

  test('is an image by its content, and a small one', async () => {
    const html = Uint8Array.from('<script>alert(1)</script>', (character) =>
      character.charCodeAt(0),
    );
    expect((await put(html)).status).toBe(400);
    const large = new Uint8Array(20_001);
    large.set(PNG);
    expect((await put(large)).status).toBe(413);
  });
});

describe('an e-mail address', () => {
  let heardMails: ReturnType<typeof hearMails>;
  beforeEach(() => {
    heardMails = hearMails();
  });

  const ask = (agent: SignedInAgent, email: string, password = PASSWORD) =>
    agent.call('POST', '/admin/me/address', { email, password }, heardMails.bindings);
  const confirm = (token: string, agent = olive) =>
    call('POST', '/api/address/confirm', {
      body: { token },
      headers: { ...from(), cookie: agent.headers.cookie },
      bindings: heardMails.bindings,
    });
  const tokenIn = (text = '') => /confirm-address#(\S+)/.exec(text)?.[1] ?? '';

  test('is replaced by who reads the new one’s mail, once, and the old one is told', async () => {
    const { mails } = heardMails;
    expect((await ask(olive, 'olive.new@acme.example', 'a guess')).status).toBe(400);
    expect((await ask(olive, OLIVE)).json.error.fields).toHaveProperty('email');
    expect(mails).toEqual([]);
    expect((await ask(olive, ' Olive.New+1@acme.example')).status).toBe(202);
    expect(mails).toHaveLength(1);
    const [mail] = mails;
    expect(mail?.to).toBe('olive.new+1@acme.example');
    // Nothing has changed until then.
    expect((await olive.call('GET', '/admin/me')).json.user.email).toBe(OLIVE);
    const token = tokenIn(mail?.text);
    const [id, until, , signature] = token.split('.');
    const forged = [id, until, encodeURIComponent('eve@evil%2Eexample'), signature].join('.');
    expect((await confirm(forged)).status).toBe(404);
    expect(mails).toHaveLength(1);

    const dashboard = await olive.socket('/inbox/socket');
    const done = await confirm(token);
    expect(done).toMatchObject({ status: 200, json: { email: 'olive.new+1@acme.example' } });
    await dashboard.next('setup', ({ what }) => what === 'members');
    dashboard.close();
    expect((await confirm(token)).status).toBe(404);
    const changes = await recorded(world.acme.id, 'address.changed');
    expect(changes).toMatchObject([{ subject: { name: 'Olive' }, before: null, after: null }]);
    expect((await olive.call('GET', '/admin/me')).json.user).toMatchObject({
      email: 'olive.new+1@acme.example',
      email_verified: true,
    });
    expect(mails.slice(1)).toEqual([{ to: OLIVE, text: expect.any(String) }]);
    expect((await firstStep(OLIVE)).status).toBe(401);
    olive = await SignedInAgent.signIn('olive.new+1@acme.example');
  });

  test('that another account has confirmed is refused only to a person who reads its mail', async () => {
    const { mails } = heardMails;
    await proveAddress('gus@globex.example');
    expect((await ask(olive, 'gus@globex.example')).status).toBe(202);
    expect((await confirm(tokenIn(mails[0]?.text))).status).toBe(409);
  });

  test('is confirmed as it is by a link to it', async () => {
    const amos = await SignedInAgent.signIn(AMOS);
    const { bindings, mails } = heardMails;
    const response = await amos.call('POST', '/admin/me/confirm-address', undefined, bindings);
    expect(response.status).toBe(202);
    expect(mails).toEqual([{ to: AMOS, text: expect.any(String) }]);
    expect((await amos.call('GET', '/admin/me')).json.user.email_verified).toBe(false);
    const token = tokenIn(mails[0]?.text);
    // S7: who opens a link that somebody else had sent does not lend them the address.
    expect((await confirm(token, olive)).status).toBe(401);
    const stranger = await call('POST', '/api/address/confirm', {
      body: { token },
      headers: from(),
    });
    expect(stranger.status).toBe(401);
    expect((await amos.call('GET', '/admin/me')).json.user.email_verified).toBe(false);
    expect((await confirm(token, amos)).status).toBe(200);
    expect((await amos.call('GET', '/admin/me')).json.user.email_verified).toBe(true);
  });
});
