import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { Authenticator } from '../../test/stand-ins/authenticator.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { call, ORIGIN, proveAddress, SignedInAgent, settleWorld } from '../../test/world.ts';

const { users } = tables;

/** S7: an account belongs to its person, and not to the first organization that named it. */

const SEEDED = 'correct horse battery';
let olive: SignedInAgent;
let gus: SignedInAgent;

beforeAll(async () => {
  await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  gus = await SignedInAgent.signIn('gus@globex.example');
});

beforeEach(async () => {
  await openDatabase(env).delete(tables.rateLimits);
});

// Each from an address of its own: tries are counted by it.
let callers = 0;
const from = () => ({ 'cf-connecting-ip': `198.51.100.${++callers}`, origin: ORIGIN });
const post = (path: string, body: object) => call('POST', path, { body, headers: from() });
const look = async (token: string) => (await post('/api/invitations/look', { token })).json;
const accept = async (body: object) => (await post('/api/invitations/accept', body)).status;
const tokenIn = (text: string) => /admin\/[a-z-]+#([\w.%-]+)/.exec(text)?.[1] ?? '';

/** Invites an address: the link that the dashboard shows, and the one that its owner is mailed. */
async function invite(by: SignedInAgent, email: string, role = 'agent') {
  const { bindings, mails } = hearMails();
  const { status, json } = await by.call('POST', '/admin/invitations', { email, role }, bindings);
  expect(status).toBe(201);
  return { shown: tokenIn(json.invitation.link), mailed: tokenIn(mails[0]?.text ?? '') };
}

/** What signing in with a password leads to; null where it leads nowhere. */
async function signsIn(email: string, password: string) {
  const agent = await SignedInAgent.signIn(email, password).catch(() => null);
  if (!agent) return null;
  const { organization, user } = (await agent.call('GET', '/admin/me')).json;
  return { agent, organization: organization.name, id: user.id, proven: user.email_verified };
}

const memberOf = async (by: SignedInAgent, email: string) =>
  (await by.call('GET', '/admin/members')).json.items.find(
    (item: { email: string }) => item.email === email,
  );

describe('S7: a link that was only shown', () => {
  it('joins a fresh account, unproven and here alone, whatever the address', async () => {
    const email = 'nora@shown.example';
    const { shown } = await invite(olive, email);
    expect(await look(shown)).toMatchObject({ mailed: false, has_account: false, choice: true });
    expect(await accept({ token: shown, name: 'Squatter', password: 'squatters password' })).toBe(
      200,
    );
    expect(await memberOf(olive, email)).toMatchObject({ email_verified: false });
    expect(await signsIn(email, 'squatters password')).toMatchObject({
      organization: 'Acme',
      proven: false,
    });
    // Another organization names the same address: a second account, which knows nothing of the first.
    const second = await invite(gus, email);
    expect(await accept({ token: second.shown, password: 'squatters password' })).toBe(409);
    expect(await accept({ token: second.shown, name: 'Nora', password: 'another password' })).toBe(
      200,
    );
    const globex = await signsIn(email, 'another password');
    const acme = await signsIn(email, 'squatters password');
    expect(globex).toMatchObject({ organization: 'Globex', proven: false });
    expect(acme).toMatchObject({ organization: 'Acme', proven: false });
    expect(await signsIn(email, 'neither of them')).toBeNull();
  });

  it('says nothing about an account elsewhere, and lets it join by its password', async () => {
    const email = 'petra@proven.example';
    const first = await invite(gus, email);
    expect(await accept({ token: first.mailed, name: 'Petra', password: 'petras password' })).toBe(
      200,
    );
    const { shown } = await invite(olive, email);
    expect(await look(shown)).toMatchObject({ has_account: false, choice: true });
    expect(await accept({ token: shown, password: 'a wrong password' })).toBe(401);
    expect(await accept({ token: shown, password: 'petras password' })).toBe(200);
    expect(await memberOf(olive, email)).toMatchObject({ name: 'Petra', email_verified: true });
  });

  it('does not name a member a second time', async () => {
    const email = 'quinn@twice.example';
    const { shown } = await invite(olive, email);
    const amos = await SignedInAgent.signIn('amos@acme.example');
    await openDatabase(env)
      .update(users)
      .set({ email })
      .where(eq(users.email, 'amos@acme.example'));
    expect(await accept({ token: shown, name: 'Not Amos', password: 'a long password' })).toBe(409);
    expect((await amos.call('GET', '/admin/me')).json.user.email).toBe(email);
  });
});

describe('S7: a link that was mailed', () => {
  it('gives the address to the person who reads its mail, not to the one who gave it first', async () => {
    const email = 'vera@victim.example';
    const squat = await invite(olive, email);
    await accept({ token: squat.shown, name: 'Squatter', password: 'squatters password' });
    const squatter = await signsIn(email, 'squatters password');
    const { mailed, shown } = await invite(gus, email, 'admin');
    expect(mailed).not.toBe(shown);
    expect(await look(mailed)).toMatchObject({ mailed: true, has_account: true, choice: true });
    expect(await accept({ token: mailed, name: 'Vera', password: 'veras own password' })).toBe(200);

    const vera = await signsIn(email, 'veras own password');
    expect(vera).toMatchObject({ organization: 'Globex', proven: true });
    const still = await signsIn(email, 'squatters password');
    expect(still).toMatchObject({ organization: 'Acme', proven: false, id: squatter?.id });
    expect(vera?.id).not.toBe(squatter?.id);

    // The squatter can neither prove it …
    const { bindings, mails } = hearMails();
    await still?.agent.call('POST', '/admin/me/confirm-address', undefined, bindings);
    const confirm = await call('POST', '/api/address/confirm', {
      body: { token: tokenIn(mails[0]?.text ?? '') },
      headers: { ...from(), cookie: still?.agent.headers.cookie ?? '' },
    });
    expect(confirm.status).toBe(409);
    // … nor be let in where Vera is invited.
    const third = await invite(olive, 'other@victim.example');
    expect(await accept({ token: third.mailed, password: 'squatters password' })).toBe(400);

    // What is mailed for the address reaches Vera's account alone.
    const forgot = hearMails();
    await call('POST', '/api/password/forgot', {
      body: { email },
      headers: from(),
      bindings: forgot.bindings,
    });
    const token = tokenIn(forgot.mails[0]?.text ?? '');
    const reset = await post('/api/password/reset', { token, password: 'veras new password' });
    expect(reset.status).toBe(204);
    expect(await signsIn(email, 'veras new password')).toMatchObject({ id: vera?.id });
    expect(await signsIn(email, 'squatters password')).toMatchObject({ id: squatter?.id });
  });

  it('proves an account whose password is given, which then is in both', async () => {
    const email = 'wim@merged.example';
    const first = await invite(olive, email);
    await accept({ token: first.shown, name: 'Wim', password: 'wims own password' });
    const { mailed } = await invite(gus, email);
    expect(await accept({ token: mailed, password: 'wims own password' })).toBe(200);
    for (const by of [olive, gus]) {
      expect(await memberOf(by, email)).toMatchObject({ name: 'Wim', email_verified: true });
    }
  });

  it('takes the address from an account of an earlier version that never proved it', async () => {
    const email = 'gus@globex.example';
    const { mailed } = await invite(olive, email);
    expect(await accept({ token: mailed, name: 'New Gus', password: 'new gus password' })).toBe(
      200,
    );
    expect(await signsIn(email, 'new gus password')).toMatchObject({
      organization: 'Acme',
      proven: true,
    });
    // The older account works on: its organization, its password, its sessions.
    expect(await signsIn(email, SEEDED)).toMatchObject({ organization: 'Globex', proven: false });
    expect((await gus.call('GET', '/admin/me')).json.user).toMatchObject({ email });
  });

  it('asks for the password of an account that is proven', async () => {
    const email = 'yara@proven.example';
    const first = await invite(olive, email);
    await accept({ token: first.mailed, name: 'Yara', password: 'yaras own password' });
    const { mailed } = await invite(gus, email);
    expect(await look(mailed)).toMatchObject({ has_account: true, choice: false });
    expect(await accept({ token: mailed, name: 'Not Yara', password: 'a long password' })).toBe(
      401,
    );
    expect(await accept({ token: mailed, password: 'yaras own password' })).toBe(200);
  });
});

describe('S7: an address and who has its mail', () => {
  it('a forgotten password that was mailed proves the address, a colleague’s link does not', async () => {
    const email = 'amos2@acme.example';
    const { mailed } = await invite(olive, email);
    await accept({ token: mailed, name: 'Amos Two', password: 'a first password' });
    const member = await memberOf(olive, email);
    const made = await olive.call('POST', `/admin/members/${member.id}/password-link`);
    const byColleague = { token: tokenIn(made.json.link), password: 'a second password' };
    expect((await post('/api/password/reset', byColleague)).status).toBe(204);
    // The account has a password now that a colleague may know: it no longer stands for the address.
    expect(await signsIn(email, 'a second password')).toMatchObject({ proven: false });

    const { bindings, mails } = hearMails();
    await call('POST', '/api/password/forgot', { body: { email }, headers: from(), bindings });
    const byMail = { token: tokenIn(mails[0]?.text ?? ''), password: 'a third password' };
    expect((await post('/api/password/reset', byMail)).status).toBe(204);
    expect(await signsIn(email, 'a third password')).toMatchObject({ proven: true });
  });

  it('S25: a colleague’s link ends as its person joins another organization', async () => {
    const email = 'zoe@two.example';
    const { mailed } = await invite(olive, email);
    await accept({ token: mailed, name: 'Zoe', password: 'zoes own password' });
    const member = await memberOf(olive, email);
    const made = await olive.call('POST', `/admin/members/${member.id}/password-link`);
    const second = await invite(gus, email);
    await accept({ token: second.mailed, password: 'zoes own password' });
    const body = { token: tokenIn(made.json.link), password: 'somebody elses' };
    expect((await post('/api/password/reset', body)).status).toBe(404);
  });

  it('S25: only an owner resets the access of an admin', async () => {
    const hired: SignedInAgent[] = [];
    for (const name of ['adam', 'anna']) {
      const email = `${name}@admins.example`;
      const { mailed } = await invite(olive, email, 'admin');
      await accept({ token: mailed, name, password: 'an admins password' });
      hired.push(await SignedInAgent.signIn(email, 'an admins password'));
    }
    const anna = await memberOf(olive, 'anna@admins.example');
    const paths = [
      ['POST', `/admin/members/${anna.id}/password-link`, 201],
      ['DELETE', `/admin/members/${anna.id}/second-factor`, 204],
    ] as const;
    for (const [method, path, done] of paths) {
      expect((await hired[0]?.call(method, path))?.status, path).toBe(403);
      expect((await olive.call(method, path)).status, path).toBe(done);
    }
  });

  it('a second factor of an unproven account bears the address that people know', async () => {
    const email = 'uri@factor.example';
    const { shown } = await invite(olive, email);
    await accept({ token: shown, name: 'Uri', password: 'uris own password' });
    const uri = await signsIn(email, 'uris own password');
    const made = await uri?.agent.call('POST', '/admin/me/two-factor', {
      password: 'uris own password',
    });
    expect(decodeURIComponent(made?.json.totpURI)).toContain(`Foyer:${email}`);
    expect(made?.json.totpURI).not.toContain('unproven.invalid');
  });

  it('an unproven account moves to an address that it proves', async () => {
    const email = 'mistyped@wrong.example';
    const { shown } = await invite(olive, email);
    await accept({ token: shown, name: 'Ines', password: 'ines own password' });
    const ines = await signsIn(email, 'ines own password');
    const { bindings, mails } = hearMails();
    const body = { email: 'ines@right.example', password: 'ines own password' };
    await ines?.agent.call('POST', '/admin/me/address', body, bindings);
    const confirmed = await call('POST', '/api/address/confirm', {
      body: { token: tokenIn(mails[0]?.text ?? '') },
      headers: { ...from(), cookie: ines?.agent.headers.cookie ?? '' },
      bindings,
    });
    expect(confirmed).toMatchObject({ status: 200, json: { email: body.email } });
    expect(await signsIn(body.email, 'ines own password')).toMatchObject({ proven: true });
    expect(await signsIn(email, 'ines own password')).toBeNull();
    // The address that was only named is told nothing: it may be a stranger's.
    expect(mails.map(({ to }) => to)).toEqual([body.email]);
  });

  it('a proven address is taken from nobody', async () => {
    const email = 'olive@acme.example';
    await proveAddress(email);
    const { bindings, mails } = hearMails();
    const body = { email, password: SEEDED };
    await gus.call('POST', '/admin/me/address', body, bindings);
    const answer = await call('POST', '/api/address/confirm', {
      body: { token: tokenIn(mails[0]?.text ?? '') },
      headers: { ...from(), cookie: gus.headers.cookie },
    });
    expect(answer.status).toBe(409);
    expect(await signsIn(email, SEEDED)).toMatchObject({ organization: 'Acme', proven: true });
  });
});

describe('joining with a passkey', () => {
  /** What the page sends for a passkey that was just made. */
  async function withPasskey(token: string) {
    const { status, json } = await post('/api/invitations/passkey', { token });
    expect(status).toBe(200);
    const device = await Authenticator.make();
    const sent = await device.register(json.challenge, ORIGIN);
    const passkey = { userId: json.user.id, name: 'Phone', ...sent };
    return { token, name: 'Newcomer', passkey };
  }

  const me = async (headers: Headers) => {
    const cookie = headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    return (await call('GET', '/api/auth/get-session', { headers: { ...from(), cookie } })).json;
  };

  it('makes an account without a password, proven by the link that was mailed, signed in', async () => {
    const email = 'pat@passkey.example';
    const { mailed } = await invite(olive, email);
    const { status, headers } = await post('/api/invitations/accept', await withPasskey(mailed));
    expect(status).toBe(200);
    expect(await me(headers)).toMatchObject({
      user: { name: 'Newcomer', email, email_verified: true },
      organization: { name: 'Acme' },
      role: 'agent',
    });
    expect(await signsIn(email, SEEDED)).toBeNull();
  });

  it('S7: proves nothing with the link that was only shown', async () => {
    const email = 'quin@passkey.example';
    const { shown, mailed } = await invite(olive, email);
    const { headers } = await post('/api/invitations/accept', await withPasskey(shown));
    expect((await me(headers)).user).toMatchObject({ email, email_verified: false });
    // It is used up, and the address stays free for its owner.
    expect(await accept({ token: mailed, name: 'Quin', password: 'the password of quin' })).toBe(
      404,
    );
    const again = await invite(gus, email);
    expect(
      await accept({ token: again.mailed, name: 'Quin', password: 'the password of quin' }),
    ).toBe(200);
    expect(await signsIn(email, 'the password of quin')).toMatchObject({ proven: true });
  });

  it('S7: makes no second account for an address that was proven', async () => {
    const email = 'rita@passkey.example';
    const first = await invite(olive, email);
    expect(
      await accept({ token: first.mailed, name: 'Rita', password: 'the password of rita' }),
    ).toBe(200);
    const { mailed } = await invite(gus, email);
    expect(await accept(await withPasskey(mailed))).toBe(409);
  });

  it('refuses a passkey of another invitation, one beside a password, and neither', async () => {
    const { mailed } = await invite(olive, 'sam@passkey.example');
    const right = await withPasskey(mailed);
    const other = await withPasskey(mailed);
    const mixed = { ...right.passkey, userId: other.passkey.userId };
    expect(await accept({ ...right, passkey: mixed })).toBe(400);
    expect(await accept({ ...right, password: 'the password of sam' })).toBe(400);
    expect(await accept({ token: mailed, name: 'Sam' })).toBe(400);
    expect(await accept(right)).toBe(200);
  });
});
