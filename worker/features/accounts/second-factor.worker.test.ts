import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { totpCode } from '../../test/stand-ins/totp.ts';
import { call, ORIGIN, SignedInAgent, settleWorld } from '../../test/world.ts';
import { FREE_TRIES } from './guesses/brake.ts';

/** S9: the codes of a second factor, as the whole Worker answers. */

const PASSWORD = 'correct horse battery';
const OLIVE = 'olive@acme.example';
/** Milliseconds of a step. */
const STEP = 30_000;

let totpURI = '';
let backupCodes: string[] = [];
let confirmedWith = '';

beforeAll(async () => {
  await settleWorld();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.parse('2027-03-01T12:00:10Z') });
  const olive = await SignedInAgent.signIn(OLIVE);
  const begun = await olive.call('POST', '/admin/me/two-factor', { password: PASSWORD });
  ({ totpURI, backupCodes } = begun.json);
  // The next step's code was not shown yet.
  const early = await totpCode(totpURI, Date.now() + STEP);
  const confirm = (code: string) => olive.call('POST', '/admin/me/two-factor/confirm', { code });
  expect((await confirm(early)).status).toBe(400);
  confirmedWith = await totpCode(totpURI);
  expect((await confirm(confirmedWith)).status).toBe(204);
});

beforeEach(() => {
  // A new code, and a challenge that is still good.
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 10 * STEP });
});

afterEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() });
});

const cookiesOf = (headers: Headers) =>
  headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');

let callers = 0;
const from = () => {
  callers += 1;
  return { origin: ORIGIN, 'cf-connecting-ip': `198.51.100.${callers}` };
};

async function halfway(): Promise<string> {
  const body = { email: OLIVE, password: PASSWORD };
  const { json, headers } = await call('POST', '/api/auth/sign-in/email', {
    body,
    headers: from(),
  });
  expect(json).toEqual({ second_factor: true });
  return cookiesOf(headers);
}

async function verify(cookie: string, code: string, kind: 'totp' | 'backup-code' = 'totp') {
  const headers = { ...from(), cookie };
  const path = `/api/auth/two-factor/verify-${kind}`;
  return (await call('POST', path, { body: { code }, headers })).status;
}

describe('a code of the app', () => {
  test('S9: that confirmed the second factor signs nobody in', async () => {
    vi.setSystemTime(Date.parse('2027-03-01T12:00:20Z'));
    expect(await verify(await halfway(), confirmedWith)).toBe(401);
  });

  test('S9: works once', async () => {
    const code = await totpCode(totpURI);
    const cookies = [await halfway(), await halfway()] as const;
    expect(await verify(cookies[0], code)).toBe(200);
    expect(await verify(cookies[1], code)).toBe(401);
  });

  test('S9: works once of two requests at the same time', async () => {
    const code = await totpCode(totpURI);
    const cookies = [await halfway(), await halfway(), await halfway()];
    const statuses = await Promise.all(cookies.map((cookie) => verify(cookie, code)));
    expect(statuses.sort()).toEqual([200, 401, 401]);
  });

  test('S9: works one step late, and not two', async () => {
    const cookie = await halfway();
    expect(await verify(cookie, await totpCode(totpURI, Date.now() - 2 * STEP))).toBe(401);
    expect(await verify(cookie, await totpCode(totpURI, Date.now() - STEP))).toBe(200);
  });

  test('S9: never works before its step', async () => {
    const cookie = await halfway();
    expect(await verify(cookie, await totpCode(totpURI, Date.now() + STEP))).toBe(401);
    expect(await verify(cookie, await totpCode(totpURI))).toBe(200);
  });

  test('S9: is worth nothing once a later one was used', async () => {
    const late = await totpCode(totpURI, Date.now() - STEP);
    expect(await verify(await halfway(), await totpCode(totpURI))).toBe(200);
    expect(await verify(await halfway(), late)).toBe(401);
  });
});

describe('a backup code', () => {
  test('S9: works once, also of two requests at the same time', async () => {
    const [code = ''] = backupCodes;
    const cookies = [await halfway(), await halfway()];
    const statuses = await Promise.all(
      cookies.map((cookie) => verify(cookie, code, 'backup-code')),
    );
    expect(statuses.sort()).toEqual([200, 401]);
    expect(await verify(await halfway(), code, 'backup-code')).toBe(401);
  });

  test('S9: does not replace the code of the app, nor the other way round', async () => {
    const [, code = ''] = backupCodes;
    expect(await verify(await halfway(), code)).toBe(401);
    expect(await verify(await halfway(), await totpCode(totpURI), 'backup-code')).toBe(401);
  });
});

test('S6: guesses at codes are braked by account, from many addresses and sign-ins', async () => {
  const statuses: number[] = [];
  for (let tried = 0; tried <= FREE_TRIES; tried += 1) {
    statuses.push(await verify(await halfway(), '000000', tried % 2 ? 'totp' : 'backup-code'));
  }
  expect(new Set(statuses)).toEqual(new Set([401, 429]));
  const cookie = await halfway();
  expect(await verify(cookie, await totpCode(totpURI))).toBe(429);
  vi.setSystemTime(Date.now() + STEP);
  expect(await verify(cookie, await totpCode(totpURI))).toBe(200);
});
