import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/d1';
import { describe, expect, test } from 'vitest';
import {
  insertBelongings,
  insertOrganization,
  organizationRows,
} from '../../drizzle/organization.ts';
import { databaseKind, tables } from '../database/configured.ts';
import { isDatabaseError, openDatabase, writeAll } from '../database/database.ts';
import { FREE_TRIES } from '../features/accounts/guesses/brake.ts';
import { away } from '../test/outages/away.ts';
import { handleAgentAuth } from './agent-auth.ts';
import {
  ada,
  adasMembership,
  amos,
  database,
  deps,
  events,
  ORIGIN,
  olive,
  organizationId,
  PASSWORD,
  passwordHash,
  read,
  refused,
  send,
  settleAcme,
  signIn,
} from './agents.fixture.ts';
import { createAgentAuth } from './agents.ts';
import { agentCookies, readAgent } from './agents-session.ts';

const { members, sessions, users } = tables;

settleAcme();

describe('signing in', () => {
  test('S26: gives a cookie that scripts, subdomains, other sites and plain http never see', async () => {
    const response = await send('POST', 'sign-in/email', {
      body: { email: 'olive@ACME.example', password: PASSWORD },
    });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      user: { id: olive.id, name: 'Olive', email: 'olive@acme.example' },
    });
    const [cookie, ...others] = response.headers.getSetCookie();
    expect(others).toEqual([]);
    expect(cookie).toMatch(/^__Host-foyer\.session_token=/);
    for (const attribute of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Path=/']) {
      expect(cookie).toContain(attribute);
    }
    expect(cookie).not.toContain('Domain');
  });

  test('works on the host that was asked, without Secure where it is http', async () => {
    for (const origin of ['http://localhost:8787', 'http://127.0.0.1:8787']) {
      const response = await send('POST', 'sign-in/email', {
        origin,
        body: { email: amos.email, password: PASSWORD },
      });
      const cookie = response.headers.getSetCookie()[0] ?? '';
      expect(cookie).toMatch(/^foyer\.session_token=/);
      expect(cookie).not.toContain('Secure');
      expect(await read(cookie.split(';')[0] ?? '', origin)).toMatchObject({ role: 'agent' });
    }
  });

  test('says the same of a wrong password and of an unknown address', async () => {
    const wrong = await refused(
      send('POST', 'sign-in/email', { body: { email: olive.email, password: 'wrong one' } }),
    );
    const unknown = await refused(
      send('POST', 'sign-in/email', { body: { email: 'no@acme.example', password: 'wrong one' } }),
    );
    expect(wrong).toMatchObject({ code: 'unauthorized', status: 401 });
    expect(unknown).toEqual(wrong);
  });

  test('P9: names what is wrong with the body', async () => {
    const malformed = await refused(send('POST', 'sign-in/email', { body: '{"email"' }));
    expect(malformed.code).toBe('malformed_json');
    const invalid = await refused(send('POST', 'sign-in/email', { body: { email: 'olive' } }));
    expect(invalid.code).toBe('validation_failed');
    expect(Object.keys(invalid.fields ?? {})).toEqual(['email', 'password']);
  });

  test('is refused when another site asks', async () => {
    const error = await refused(
      send('POST', 'sign-in/email', {
        headers: { origin: 'https://evil.example' },
        body: { email: olive.email, password: PASSWORD },
      }),
    );
    expect(error.code).toBe('origin_not_allowed');
  });

  test('is refused to somebody who belongs to no organization', async () => {
    const nobody = organizationRows({
      name: 'Gone',
      slug: 'gone',
      publicKey: 'wk_gone',
      departments: [{ name: 'Support' }],
      people: [{ name: 'No', email: 'no@gone.example', role: 'owner', passwordHash }],
    });
    await writeAll(database, [
      insertOrganization(database, nobody, tables),
      ...insertBelongings(database, nobody, tables),
      database.delete(members).where(eq(members.organizationId, nobody.organization.id)),
    ]);
    const error = await refused(
      send('POST', 'sign-in/email', { body: { email: 'no@gone.example', password: PASSWORD } }),
    );
    expect(error.code).toBe('forbidden');
    expect(error.message).toContain("doesn't belong to an organization");
  });

  test('S6: is limited for each account, and says how long to wait', async () => {
    const guess = (address: string, email = olive.email) =>
      refused(
        send('POST', 'sign-in/email', {
          headers: { 'cf-connecting-ip': address },
          body: { email, password: 'a guess' },
        }),
      );
    for (let tried = 0; tried < FREE_TRIES; tried++) {
      expect((await guess('198.51.100.1')).code).toBe('unauthorized');
    }
    const limited = await guess('198.51.100.1');
    expect(limited).toMatchObject({ code: 'rate_limited', status: 429 });
    expect(limited.retryAfter).toBeGreaterThan(0);
    expect(limited.retryAfter).toBeLessThanOrEqual(30);
    expect((await guess('198.51.100.2')).code).toBe('rate_limited');
    expect((await guess('198.51.100.1', amos.email)).code).toBe('unauthorized');
  });
});

describe('while the database is away', () => {
  const lost = { ...deps(), database: openDatabase(away) };

  test.each([
    ['sign-in/email', { email: olive.email, password: PASSWORD }],
    ['sign-out', {}],
  ])('P9: %s fails as an outage, and not as a wrong password or a success', async (path, body) => {
    const request = new Request(`${ORIGIN}/api/auth/${path}`, {
      method: 'POST',
      headers: { origin: ORIGIN, cookie: await signIn(olive.email) },
      body: JSON.stringify(body),
    });
    await expect(handleAgentAuth(request, lost)).rejects.toSatisfy(isDatabaseError);
  });
});

describe('the surface', () => {
  test.each([
    ['POST', 'sign-up/email'],
    ['POST', 'organization/create'],
    ['GET', 'organization/list'],
    ['GET', 'list-sessions'],
    ['POST', 'revoke-sessions'],
    ['POST', 'update-user'],
    ['POST', 'get-session'],
    ['GET', 'sign-in/email'],
    ['POST', 'sign-in/email/'],
    ['GET', 'ok'],
  ])('of better-auth is closed: %s %s', async (method, path) => {
    const body = method === 'POST' ? { body: {} } : {};
    expect((await refused(send(method, path, body))).code).toBe('not_found');
  });

  test('registration is off underneath, too', async () => {
    const { api } = createAgentAuth(deps());
    const signUp = api.signUpEmail({
      body: { name: 'Eve', email: 'eve@acme.example', password: PASSWORD },
    });
    await expect(signUp).rejects.toThrow(/sign up is not enabled/i);
  });
});

describe('reading the signed-in agent', () => {
  test('gives user, session, organization and role, in one query', async () => {
    const cookie = await signIn(olive.email);
    const queries: string[] = [];
    const logger = { logQuery: (sql: string) => queries.push(sql) };
    const counted =
      databaseKind === 'd1' ? drizzle(env.DB, { schema: tables, logger }) : openDatabase(env);
    const agent = await readAgent({ ...deps(), database: counted }, new Headers({ cookie }));
    expect(queries).toHaveLength(databaseKind === 'd1' ? 1 : 0);
    expect(agent).toEqual({
      user: {
        id: olive.id,
        name: 'Olive',
        email: 'olive@acme.example',
        email_verified: false,
        image: null,
        two_factor: false,
      },
      session: { id: expect.stringMatching(/^[0-9a-f-]{36}$/), expires_at: expect.any(Date) },
      organization: { id: organizationId, name: 'Acme', slug: 'acme', restrict_agents: false },
      role: 'owner',
    });
    const response = await send('GET', 'get-session', { headers: { cookie } });
    expect(await response.json()).toMatchObject({ user: { id: olive.id } });
  });

  test('is null without a cookie, with a forged one, and of another deployment', async () => {
    const cookie = await signIn(olive.email);
    expect(await read('')).toBeNull();
    expect(await read('other=1')).toBeNull();
    const [name, value = ''] = cookie.split('=');
    const [token = ''] = decodeURIComponent(value).split('.');
    const forged = `${name}=${encodeURIComponent(`${token}.${'A'.repeat(43)}=`)}`;
    expect(await read(forged)).toBeNull();
    const otherDeps = { ...deps(), secret: 'another secret of thirty-two bytes' };
    expect(await readAgent(otherDeps, new Headers({ cookie }))).toBeNull();
    expect(await (await send('GET', 'get-session')).json()).toBeNull();
  });

  test('looks for the cookie that better-auth sets', async () => {
    for (const origin of [ORIGIN, 'http://localhost:8787']) {
      const { authCookies, secret } = await createAgentAuth(deps(origin)).$context;
      expect(agentCookies(deps(origin))).toMatchObject({
        name: authCookies.sessionToken.name,
        key: secret,
      });
    }
  });

  test('is null once the session has expired', async () => {
    const cookie = await signIn(olive.email);
    const id = (await read(cookie))?.session.id ?? '';
    await database
      .update(sessions)
      .set({ expiresAt: new Date(0) })
      .where(eq(sessions.id, id));
    expect(await read(cookie)).toBeNull();
  });
});

describe('what ends', () => {
  test('signing out ends this session alone, and tells', async () => {
    const cookie = await signIn(amos.email);
    const other = await signIn(amos.email);
    const sessionId = (await read(cookie))?.session.id;
    const response = await send('POST', 'sign-out', { headers: { cookie } });
    expect(response.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect(events).toEqual([['session', { organizationId, userId: amos.id, sessionId }]]);
    expect(await read(cookie)).toBeNull();
    expect(await read(other)).not.toBeNull();
  });

  test('signing out twice is no error', async () => {
    const cookie = await signIn(amos.email);
    await send('POST', 'sign-out', { headers: { cookie } });
    expect((await send('POST', 'sign-out', { headers: { cookie } })).status).toBe(200);
    expect(events).toHaveLength(1);
  });

  test('another site cannot sign somebody out', async () => {
    const cookie = await signIn(amos.email);
    const error = await refused(
      send('POST', 'sign-out', { headers: { cookie, origin: 'https://evil.example' } }),
    );
    expect(error.code).toBe('origin_not_allowed');
    expect(await read(cookie)).not.toBeNull();
  });

  test.each(['revokeSession', 'revokeSessions', 'revokeOtherSessions'] as const)(
    '%s reports every session that it ends',
    async (revoke) => {
      await database.delete(sessions);
      const headers = new Headers({ cookie: await signIn(amos.email), origin: ORIGIN });
      const other = await signIn(amos.email);
      const ownId = (await read(headers.get('cookie') ?? ''))?.session.id;
      const otherId = (await read(other))?.session.id;
      const { api } = createAgentAuth(deps());
      const [row] = await database
        .select()
        .from(sessions)
        .where(eq(sessions.id, otherId ?? ''));
      const token = row?.token ?? '';
      if (revoke === 'revokeSession') await api.revokeSession({ headers, body: { token } });
      else await api[revoke]({ headers });
      const ended = revoke === 'revokeSessions' ? [ownId, otherId] : [otherId];
      expect(events).toHaveLength(ended.length);
      for (const sessionId of ended) {
        expect(events).toContainEqual(['session', { organizationId, userId: amos.id, sessionId }]);
      }
    },
  );

  test('sessions that are deleted with their user tell, too', async () => {
    await signIn(amos.email);
    const { internalAdapter } = await createAgentAuth(deps()).$context;
    await internalAdapter.deleteUserSessions(amos.id);
    expect(events).toContainEqual(['session', expect.objectContaining({ userId: amos.id })]);
  });

  test('a changed role holds from the next request on, and tells', async () => {
    const cookie = await signIn(ada.email);
    const headers = new Headers({ cookie: await signIn(olive.email), origin: ORIGIN });
    const { api } = createAgentAuth(deps());
    await api.updateMemberRole({
      headers,
      body: { organizationId, memberId: adasMembership.id, role: 'admin' },
    });
    expect(events).toEqual([['role', { organizationId, userId: ada.id }]]);
    expect(await read(cookie)).toMatchObject({ role: 'admin' });
  });

  test('a member who is removed is nobody from the next request on, and it tells', async () => {
    const cookie = await signIn(ada.email);
    const headers = new Headers({ cookie: await signIn(olive.email), origin: ORIGIN });
    const { api } = createAgentAuth(deps());
    await api.removeMember({ headers, body: { organizationId, memberIdOrEmail: ada.email } });
    expect(events).toEqual([['removed', { organizationId, userId: ada.id }]]);
    expect(await read(cookie)).toBeNull();
  });

  test('a member who leaves is nobody from the next request on, and it tells', async () => {
    const cookie = await signIn(amos.email);
    const headers = new Headers({ cookie, origin: ORIGIN });
    await createAgentAuth(deps()).api.leaveOrganization({ headers, body: { organizationId } });
    expect(events).toEqual([['removed', { organizationId, userId: amos.id }]]);
    expect(await read(cookie)).toBeNull();
    expect(await database.select().from(users).where(eq(users.id, amos.id))).toHaveLength(1);
  });
});
