import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { hearMails } from '../../test/stand-ins/mails.ts';
import { call, proveAddress, SignedInAgent, settleWorld } from '../../test/world.ts';

/** S8: the mails that a stranger can cause are few, and the answers do not tell why none came. */

const OLIVE = 'olive@acme.example';
let olive: SignedInAgent;
let heardMails: ReturnType<typeof hearMails>;

beforeAll(async () => {
  await settleWorld();
  await proveAddress(OLIVE);
});

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-01T12:10:00Z') });
  olive = await SignedInAgent.signIn(OLIVE);
  heardMails = hearMails();
});

afterEach(() => {
  vi.useRealTimers();
});

/** Each from an address of its own, as an attacker's would be. */
let callers = 0;
async function forgot(email: string, bindings = heardMails.bindings) {
  const { status, json } = await call('POST', '/api/password/forgot', {
    body: { email },
    headers: { 'cf-connecting-ip': `198.51.100.${++callers}` },
    bindings,
  });
  return { status, json };
}

describe('S8: links to a new password', () => {
  test('are mailed 5 times an hour to one account, and each request gets the same answer', async () => {
    const answers: unknown[] = [];
    for (let request = 0; request < 7; request += 1) answers.push(await forgot(OLIVE));
    const accepted = { status: 202, json: { minutes: 60 } };
    expect(answers).toEqual(Array(7).fill(accepted));
    expect(heardMails.mails.map(({ to }) => to)).toEqual(Array(5).fill(OLIVE));
    expect(await forgot('nobody@acme.example')).toEqual(accepted);
    // The next hour has its own.
    vi.setSystemTime(Date.now() + 50 * 60_000);
    await forgot(OLIVE);
    expect(heardMails.mails).toHaveLength(6);
  });

  test('that could not be sent do not count', async () => {
    vi.setSystemTime(Date.parse('2027-03-02T12:10:00Z'));
    const send = () => Promise.reject(new Error('The mail service is away.'));
    const away = { ...heardMails.bindings, EMAIL: { send } };
    for (let request = 0; request < 6; request += 1) await forgot(OLIVE, away);
    await forgot(OLIVE);
    expect(heardMails.mails).toHaveLength(1);
  });
});

test('S8: invitations are mailed 5 times a day to one address; the link is there to pass on', async () => {
  const body = { email: 'new@hired.example', role: 'agent' };
  const { json } = await olive.call('POST', '/admin/invitations', body, heardMails.bindings);
  const path = `/admin/invitations/${json.invitation.id}/resend`;
  const sent = [json.sent];
  for (let request = 0; request < 5; request += 1) {
    const again = await olive.call('POST', path, undefined, heardMails.bindings);
    expect(again.json.invitation.link).toContain('/admin/join#');
    sent.push(again.json.sent);
  }
  expect(sent).toEqual([true, true, true, true, true, false]);
  expect(heardMails.mails).toHaveLength(5);
});

test('S8: links that confirm an address are mailed 5 times a day to it, however it is spelled', async () => {
  const statuses: number[] = [];
  let retryAfter: string | null = null;
  for (let request = 0; request < 6; request += 1) {
    const body = { email: `victim+${request}@shop.example`, password: 'correct horse battery' };
    const answer = await olive.call('POST', '/admin/me/address', body, heardMails.bindings);
    statuses.push(answer.status);
    retryAfter = answer.headers.get('retry-after');
  }
  expect(statuses).toEqual([202, 202, 202, 202, 202, 429]);
  // Until the day is over, UTC.
  expect(retryAfter).toBe(`${(11 * 60 + 50) * 60}`);
  expect(heardMails.mails).toHaveLength(5);
});
