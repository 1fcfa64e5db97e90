import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { totpCode } from '../../test/stand-ins/totp.ts';
import { call, hire, ORIGIN, SignedInAgent, settleWorld } from '../../test/world.ts';
import { countNotice } from './store.ts';

/** S25: people are told by mail what happens to their account. */

const PASSWORD = 'correct horse battery';
let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let heardMails: ReturnType<typeof hearMails>;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(async () => {
  await openDatabase(env).delete(tables.rateLimits);
  heardMails = hearMails();
});

// Each from an address of its own: tries are counted by it.
let callers = 0;
const from = () => ({ 'cf-connecting-ip': `198.51.100.${++callers}`, origin: ORIGIN });
const tokenIn = (text: string) => /admin\/new-password#([\w.%-]+)/.exec(text)?.[1] ?? '';

/** Waits for this many mails; answers who got which, by address. */
async function mails(count: number) {
  await vi.waitFor(() => expect(heardMails.mails).toHaveLength(count));
  return Object.fromEntries(heardMails.mails.map(({ to, text }) => [to, text]));
}

describe('S25: what a colleague does', () => {
  it('a password link tells the member and the other owners, and what it sets tells the member', async () => {
    const { member } = await hire(world.acme.id, 'Berta', []);
    const { member: second } = await hire(world.acme.id, 'Otto', []);
    await olive.call('PATCH', `/admin/members/${second.id}`, { role: 'owner' });
    const path = `/admin/members/${member.id}/password-link`;
    const { status, json } = await olive.call('POST', path, undefined, heardMails.bindings);
    expect(status).toBe(201);
    const sentMails = await mails(2);
    expect(sentMails['berta@hired.example']).toContain('Olive created a link');
    expect(sentMails['otto@hired.example']).toContain(
      'In Acme on Foyer, Olive created a password reset link for Berta.',
    );
    // What opens the account is in none of them.
    for (const { text } of heardMails.mails) expect(text).not.toContain('http');

    heardMails.mails.length = 0;
    const reset = await call('POST', '/api/password/reset', {
      body: { token: tokenIn(json.link), password: 'an entirely new one' },
      headers: from(),
      bindings: heardMails.bindings,
    });
    expect(reset.status).toBe(204);
    expect((await mails(1))['berta@hired.example']).toContain('has a new password');
  });

  it('a second factor that is taken away tells the member and the other owners', async () => {
    const { member } = await hire(world.acme.id, 'Carla', []);
    const { member: second } = await hire(world.acme.id, 'Odile', []);
    await olive.call('PATCH', `/admin/members/${second.id}`, { role: 'owner' });
    const path = `/admin/members/${member.id}/second-factor`;
    const { status } = await olive.call('DELETE', path, undefined, heardMails.bindings);
    expect(status).toBe(204);
    await vi.waitFor(() =>
      expect(heardMails.mails.map(({ to }) => to)).toContain('odile@hired.example'),
    );
    const sentMails = await mails(heardMails.mails.length);
    expect(sentMails['carla@hired.example']).toContain('Olive switched off your second factor');
    expect(sentMails['odile@hired.example']).toContain('switched off the second factor of Carla');
    expect(sentMails).not.toHaveProperty(['olive@acme.example']);
  });
});

describe('S25: what one does with one’s own account', () => {
  it('a new password and a second factor, set up and switched off', async () => {
    const { agent } = await hire(world.acme.id, 'Dana', []);
    const dana = 'dana@hired.example';
    const change = { current: PASSWORD, next: 'an entirely new one' };
    await agent.call('POST', '/admin/me/password', change, heardMails.bindings);
    expect((await mails(1))[dana]).toContain('has a new password');

    heardMails.mails.length = 0;
    const password = { password: change.next };
    const { json } = await agent.call(
      'POST',
      '/admin/me/two-factor',
      password,
      heardMails.bindings,
    );
    const code = await totpCode(json.totpURI);
    expect(heardMails.mails).toEqual([]);
    const path = '/admin/me/two-factor/confirm';
    const confirmed = await agent.call('POST', path, { code }, heardMails.bindings);
    expect(confirmed.status).toBe(204);
    expect((await mails(1))[dana]).toContain('asks for a code');

    heardMails.mails.length = 0;
    const cookie = confirmed.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    const disabled = await call('POST', '/api/admin/me/two-factor/disable', {
      body: password,
      headers: { ...from(), cookie: cookie.join('; ') },
      bindings: heardMails.bindings,
    });
    expect(disabled.status).toBe(204);
    expect((await mails(1))[dana]).toContain('sign in to Foyer with your password only');
  });

  it('a sign-in in a browser that the account does not know', async () => {
    const { id } = await hire(world.acme.id, 'Elsa', []);
    const elsa = 'elsa@hired.example';
    const signIn = (cookie: string, bindings = heardMails.bindings) =>
      call('POST', '/api/auth/sign-in/email', {
        body: { email: elsa, password: PASSWORD },
        headers: { ...from(), cookie },
        bindings,
      });
    // An account that was just made is opened for the first time.
    expect((await signIn('')).status).toBe(200);
    expect(heardMails.mails).toEqual([]);

    const made = { createdAt: new Date(Date.now() - 24 * 60 * 60_000) };
    await openDatabase(env).update(tables.users).set(made).where(eq(tables.users.id, id));
    const { headers } = await signIn('');
    expect((await mails(1))[elsa]).toMatch(/a new browser on 20\d\d-/);
    const browserCookie = headers
      .getSetCookie()
      .find((cookie) => cookie.includes('foyer.browser='));
    const cookie = browserCookie?.split(';')[0] ?? '';
    expect((await signIn(cookie)).status).toBe(200);
    expect(heardMails.mails).toHaveLength(1);
    // A cookie that Foyer did not make, or of another account, is none.
    expect((await signIn(cookie.replace(/.$/, '!'))).status).toBe(200);
    await vi.waitFor(() => expect(heardMails.mails).toHaveLength(2));
  });

  it('a right password without the code of the second factor is no sign-in', async () => {
    const { agent, id } = await hire(world.acme.id, 'Fritz', []);
    const password = { password: PASSWORD };
    const { json } = await agent.call('POST', '/admin/me/two-factor', password);
    const code = await totpCode(json.totpURI);
    await agent.call('POST', '/admin/me/two-factor/confirm', { code });
    const made = { createdAt: new Date(Date.now() - 24 * 60 * 60_000) };
    await openDatabase(env).update(tables.users).set(made).where(eq(tables.users.id, id));
    const first = await call('POST', '/api/auth/sign-in/email', {
      body: { email: 'fritz@hired.example', password: PASSWORD },
      headers: from(),
      bindings: heardMails.bindings,
    });
    expect(first.json).toEqual({ second_factor: true });
    expect(heardMails.mails).toEqual([]);
    const cookie = first.headers.getSetCookie().map((cookie) => cookie.split(';')[0] ?? '');
    const second = await call('POST', '/api/auth/two-factor/verify-backup-code', {
      body: { code: json.backupCodes[0] },
      headers: { ...from(), cookie: cookie.join('; ') },
      bindings: heardMails.bindings,
    });
    expect(second.status).toBe(200);
    expect((await mails(1))['fritz@hired.example']).toContain('signed in to your Foyer account');
  });

  it('an address that is only claimed gets no mail', async () => {
    const email = 'stranger@claimed.example';
    const { json } = await olive.call('POST', '/admin/invitations', { email, role: 'agent' });
    const token = new URL(json.invitation.link).hash.slice(1);
    const body = { token, name: 'Claimer', password: 'claimers own password' };
    await call('POST', '/api/invitations/accept', { body, headers: from() });
    const agent = await SignedInAgent.signIn(email, body.password);
    const change = { current: body.password, next: 'an entirely new one' };
    const { status } = await agent.call('POST', '/admin/me/password', change, heardMails.bindings);
    expect(status).toBe(204);
    expect(heardMails.mails).toEqual([]);
  });

  it('is bounded by the day', async () => {
    const db = openDatabase(env);
    const today = new Date('2026-11-28T10:00:00Z');
    const about = `signed_in:${crypto.randomUUID()}`;
    const sent: boolean[] = [];
    for (let n = 0; n < 5; n += 1) sent.push(await countNotice(db, about, 3, today));
    expect(sent).toEqual([true, true, true, false, false]);
    expect(await countNotice(db, about, 3, new Date('2026-11-29T00:00:00Z'))).toBe(true);
  });
});
