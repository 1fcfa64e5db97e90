import { env } from 'cloudflare:workers';
import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { tables } from '../../store/configured.ts';
import { openDatabase } from '../../store/database.ts';
import { hearMails } from '../../test/mails.ts';
import { totpCode } from '../../test/totp.ts';
import { call, hire, ORIGIN, SignedInAgent, settleWorld } from '../../test/world.ts';
import { countNotice } from './store.ts';

/** S25: people are told by mail what happens to their account. */

const PASSWORD = 'correct horse battery';
let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let heard: ReturnType<typeof hearMails>;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(async () => {
  await openDatabase(env).delete(tables.rateLimits);
  heard = hearMails();
});

// Each from an address of its own: tries are counted by it.
let callers = 0;
const from = () => ({ 'cf-connecting-ip': `198.51.100.${++callers}`, origin: ORIGIN });
const tokenIn = (text: string) => /admin\/new-password#([\w.%-]+)/.exec(text)?.[1] ?? '';

/** Waits for this many mails; answers who got which, by address. */
async function mails(count: number) {
  await vi.waitFor(() => expect(heard.mails).toHaveLength(count));
  return Object.fromEntries(heard.mails.map(({ to, text }) => [to, text]));
}

describe('S25: what a colleague does', () => {
  it('a password link tells the member and the other owners, and what it sets tells the member', async () => {
    const { member } = await hire(world.acme.id, 'Berta', []);
    const { member: second } = await hire(world.acme.id, 'Otto', []);
    await olive.call('PATCH', `/admin/members/${second.id}`, { role: 'owner' });
    const path = `/admin/members/${member.id}/password-link`;
    const { status, json } = await olive.call('POST', path, undefined, heard.bindings);
    expect(status).toBe(201);
    const told = await mails(2);
    expect(told['berta@hired.example']).toContain('Olive made a link');
    expect(told['otto@hired.example']).toContain(
      'In Acme on Foyer, Olive made a link to a new password for Berta.',
    );
    // What opens the account is in none of them.
    for (const { text } of heard.mails) expect(text).not.toContain('http');

    heard.mails.length = 0;
    const reset = await call('POST', '/api/password/reset', {
      body: { token: tokenIn(json.link), password: 'an entirely new one' },
      headers: from(),
      bindings: heard.bindings,
    });
    expect(reset.status).toBe(204);
    expect((await mails(1))['berta@hired.example']).toContain('has a new password');
  });

  it('a second factor that is taken away tells the member and the other owners', async () => {
    const { member } = await hire(world.acme.id, 'Carla', []);
    const { member: second } = await hire(world.acme.id, 'Odile', []);
    await olive.call('PATCH', `/admin/members/${second.id}`, { role: 'owner' });
    const path = `/admin/members/${member.id}/second-factor`;
    const { status } = await olive.call('DELETE', path, undefined, heard.bindings);
    expect(status).toBe(204);
    await vi.waitFor(() =>
      expect(heard.mails.map(({ to }) => to)).toContain('odile@hired.example'),
    );
    const told = await mails(heard.mails.length);
    expect(told['carla@hired.example']).toContain('Olive switched your second factor off');
    expect(told['odile@hired.example']).toContain('switched off the second factor of Carla');
    expect(told).not.toHaveProperty(['olive@acme.example']);
  });
});

describe('S25: what one does with one’s own account', () => {
  it('a new password and a second factor, set up and switched off', async () => {
    const { agent } = await hire(world.acme.id, 'Dana', []);
    const dana = 'dana@hired.example';
    const change = { current: PASSWORD, next: 'an entirely new one' };
    await agent.call('POST', '/admin/me/password', change, heard.bindings);
    expect((await mails(1))[dana]).toContain('has a new password');

    heard.mails.length = 0;
    const password = { password: change.next };
    const { json } = await agent.call('POST', '/admin/me/two-factor', password, heard.bindings);
    const code = await totpCode(json.totpURI);
    expect(heard.mails).toEqual([]);
    const path = '/admin/me/two-factor/confirm';
    const confirmed = await agent.call('POST', path, { code }, heard.bindings);
    expect(confirmed.status).toBe(204);
    expect((await mails(1))[dana]).toContain('asks for a code');

    heard.mails.length = 0;
    const cookie = confirmed.headers.getSetCookie().map((one) => one.split(';')[0] ?? '');
    const disabled = await call('POST', '/api/admin/me/two-factor/disable', {
      body: password,
      headers: { ...from(), cookie: cookie.join('; ') },
      bindings: heard.bindings,
    });
    expect(disabled.status).toBe(204);
    expect((await mails(1))[dana]).toContain('password alone signs you in');
  });

  it('an address that is only claimed gets no mail', async () => {
    const email = 'stranger@claimed.example';
    const { json } = await olive.call('POST', '/admin/invitations', { email, role: 'agent' });
    const token = new URL(json.invitation.link).hash.slice(1);
    const body = { token, name: 'Claimer', password: 'claimers own password' };
    await call('POST', '/api/invitations/accept', { body, headers: from() });
    const agent = await SignedInAgent.signIn(email, body.password);
    const change = { current: body.password, next: 'an entirely new one' };
    const { status } = await agent.call('POST', '/admin/me/password', change, heard.bindings);
    expect(status).toBe(204);
    expect(heard.mails).toEqual([]);
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
