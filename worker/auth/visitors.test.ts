import { SignJWT } from 'jose';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { FoyerError } from '../kernel/errors.ts';
import { newVisitorId, readSessionToken, readVisitorToken, signTokens } from './visitors.ts';

const SECRET = 'a secret of 32 bytes or more, for tests only';
const DAY = 24 * 60 * 60 * 1000;
const ada = { organization_id: 'acme', visitor_id: 'v_ada' };

afterEach(() => {
  vi.useRealTimers();
});

function later(milliseconds: number): void {
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + milliseconds });
}

/** The code that a token is refused with. */
async function refusal(token: string | null | undefined): Promise<string> {
  try {
    await readSessionToken(SECRET, token);
  } catch (error) {
    if (error instanceof FoyerError) return error.code;
  }
  return 'none';
}

function parts(token: string): [string, string, string] {
  const [header = '', payload = '', signature = ''] = token.slice(3).split('.');
  return [header, payload, signature];
}

const encode = (json: unknown) => btoa(JSON.stringify(json)).replaceAll('=', '');

/** A token signed with our very key, with other claims. */
async function forge(claims: { aud?: string; sub?: string; org?: unknown; exp?: number }) {
  const { aud = 'foyer.session', exp = Math.floor(Date.now() / 1000) + 60, ...rest } = claims;
  const jwt = await new SignJWT({ ...rest, exp })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(aud)
    .sign(new TextEncoder().encode(`${SECRET}:visitors`));
  return `st_${jwt}`;
}

describe("a visitor's id", () => {
  test('has 128 random bits, and characters that go anywhere', () => {
    const ids = new Set(Array.from({ length: 1_000 }, newVisitorId));
    expect(ids.size).toBe(1_000);
    for (const id of ids) expect(id).toMatch(/^v_[A-Za-z0-9_-]{22}$/);
  });
});

describe('P5: a session token', () => {
  test('says who it is', async () => {
    const { sessionToken } = await signTokens(SECRET, ada);
    expect(sessionToken).toMatch(/^st_[A-Za-z0-9_.-]+$/);
    expect(await readSessionToken(SECRET, sessionToken)).toMatchObject(ada);
  });

  test('S14: says to the millisecond when it was made, and when it ends', async () => {
    const now = Date.now();
    const { sessionToken } = await signTokens(SECRET, ada);
    const { issued_at, expires_at } = await readSessionToken(SECRET, sessionToken);
    expect(issued_at).toBeGreaterThanOrEqual(now);
    expect(issued_at).toBeLessThanOrEqual(Date.now());
    expect(Math.abs(expires_at - now - DAY)).toBeLessThan(5_000);
    const undated = await forge({ sub: 'v_ada', org: 'acme' });
    expect((await readSessionToken(SECRET, undated)).issued_at).toBe(0);
  });

  test('is over after a day, and says that it was ours', async () => {
    const { sessionToken } = await signTokens(SECRET, ada);
    later(DAY - 60_000);
    expect(await refusal(sessionToken)).toBe('none');
    later(2 * 60_000);
    expect(await refusal(sessionToken)).toBe('session_expired');
  });

  test('is refused when anything about it is not ours', async () => {
    const { sessionToken, visitorToken } = await signTokens(SECRET, ada);
    const [header, payload, signature] = parts(sessionToken);
    const other = await signTokens(`${SECRET}!`, ada);
    const mallory = encode({ ...ada, sub: 'v_mallory', org: 'acme', aud: 'foyer.session' });
    const none = encode({ alg: 'none' });
    const tokens = {
      nothing: null,
      missing: undefined,
      empty: '',
      noise: 'st_noise',
      'the id itself': ada.visitor_id,
      'without its prefix': sessionToken.slice(3),
      'with a prefix in capitals': `ST_${sessionToken.slice(3)}`,
      'the visitor token': visitorToken,
      'the visitor token in disguise': `st_${visitorToken.slice(3)}`,
      'of another secret': other.sessionToken,
      'with another payload': `st_${header}.${mallory}.${signature}`,
      'with a cut signature': `st_${header}.${payload}.${signature.slice(0, -4)}`,
      'without a signature': `st_${header}.${payload}.`,
      'with no algorithm': `st_${none}.${payload}.`,
      'with no algorithm, signed': `st_${none}.${payload}.${signature}`,
      'with another algorithm': `st_${encode({ alg: 'HS512' })}.${payload}.${signature}`,
      'with more behind it': `${sessionToken}.more`,
    };
    for (const [what, token] of Object.entries(tokens)) {
      expect([what, await refusal(token)]).toEqual([what, 'unauthorized']);
    }
  });

  test('is refused without its claims, though the signature is right', async () => {
    expect(await refusal(await forge({ sub: 'v_ada', org: 'acme' }))).toBe('none');
    for (const claims of [
      { org: 'acme' },
      { sub: 'v_ada' },
      { sub: '', org: 'acme' },
      { sub: 'v_ada', org: 7 },
      { sub: 'v_ada', org: 'acme', aud: 'foyer.other' },
    ]) {
      expect(await refusal(await forge(claims))).toBe('unauthorized');
    }
    expect(await refusal(await forge({ sub: 'v_ada', org: 'acme', exp: 1 }))).toBe(
      'session_expired',
    );
  });
});

describe('P5: a visitor token', () => {
  const read = (token: string | null | undefined, organization = 'acme') =>
    readVisitorToken(SECRET, organization, token).then((proven) => proven?.visitor_id ?? null);

  test('brings the same visitor back, for a year', async () => {
    const { visitorToken } = await signTokens(SECRET, ada);
    expect(visitorToken).toMatch(/^vt_/);
    expect(await read(visitorToken)).toBe('v_ada');
    later(364 * DAY);
    expect(await read(visitorToken)).toBe('v_ada');
    later(2 * DAY);
    expect(await read(visitorToken)).toBeNull();
  });

  test('is nothing in another organization', async () => {
    const { visitorToken } = await signTokens(SECRET, ada);
    expect(await read(visitorToken, 'globex')).toBeNull();
  });

  test('is nothing when it is none, a session token, or forged', async () => {
    const { sessionToken, visitorToken } = await signTokens(SECRET, ada);
    const other = await signTokens(`${SECRET}!`, ada);
    const tokens = [
      null,
      undefined,
      '',
      'v_ada',
      sessionToken,
      `vt_${sessionToken.slice(3)}`,
      other.visitorToken,
      `${visitorToken.slice(0, -4)}AAAA`,
    ];
    for (const token of tokens) expect([token, await read(token)]).toEqual([token, null]);
  });
});

test('a secret that is short or missing signs nothing', async () => {
  for (const secret of ['', 'short']) {
    await expect(signTokens(secret, ada)).rejects.toThrow('at least 32 characters');
  }
});
