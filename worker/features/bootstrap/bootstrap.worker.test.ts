import { env } from 'cloudflare:workers';
import { Hono } from 'hono';
import { beforeEach, describe, expect, test } from 'vitest';
import { passkeyCreation } from '../../../protocol/resources/team.ts';
import { handleAgentAuth } from '../../auth/agent-auth.ts';
import { readAgent } from '../../auth/agents-session.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase, writeAll } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { errorResponse, FoyerError } from '../../kernel/errors.ts';
import { recorded } from '../../test/recorded.ts';
import { Authenticator } from '../../test/stand-ins/authenticator.ts';
import { bootstrap } from './routes.ts';

const { accounts, departments, members, organizations, passkeys, users, widgetSettings } = tables;

const database = openDatabase(env);
const app = new Hono<{ Bindings: Env }>().route('/api/setup', bootstrap).onError((error) => {
  if (error instanceof FoyerError) return errorResponse(error);
  throw error;
});

const wanted = {
  code: 'setup-code-of-the-tests',
  organization: { name: 'Acme', slug: 'acme' },
  owner: { name: 'Olive', email: 'Olive@Acme.example', password: 'correct horse' },
};

function post(body: unknown, bindings: Partial<Env> = {}) {
  const headers = { 'content-type': 'application/json' };
  const init = { method: 'POST', headers, body: JSON.stringify(body) };
  return app.request('/api/setup', init, { ...env, ...bindings });
}

async function refusal(response: Response | Promise<Response>) {
  const { status, body } = await Promise.resolve(response).then(async (answer) => ({
    status: answer.status,
    body: await answer.json<{ error: { code: string; fields?: Record<string, string> } }>(),
  }));
  return { status, ...body.error };
}

beforeEach(async () => {
  await writeAll(database, [database.delete(organizations), database.delete(users)]);
});

describe('the setup code', () => {
  test('makes the first owner, who can sign in, and what a widget needs', async () => {
    const response = await post(wanted);
    expect(response.status).toBe(201);
    const made = await response.json<{ organization: { id: string }; public_key: string }>();
    expect(made.organization).toMatchObject({ name: 'Acme', slug: 'acme' });
    expect(made.public_key).toMatch(/^wk_[\w-]{16}$/);
    expect(await database.select().from(widgetSettings)).toMatchObject([
      { organization_id: made.organization.id, public_key: made.public_key, allowed_origins: [] },
    ]);
    expect(await database.select().from(departments)).toMatchObject([
      { organization_id: made.organization.id, name: 'Support', visible: true, position: 0 },
    ]);
    const signIn = new Request('https://chat.example/api/auth/sign-in/email', {
      method: 'POST',
      body: JSON.stringify({ email: 'olive@acme.example', password: wanted.owner.password }),
    });
    const signedIn = await handleAgentAuth(signIn, {
      database,
      secret: env.FOYER_SECRET,
      origin: 'https://chat.example',
      onSessionEnded: () => {},
      onMemberRemoved: () => {},
      onRoleChanged: () => {},
    });
    expect(signedIn.status).toBe(200);
    expect(await database.select().from(members)).toMatchObject([{ role: 'owner' }]);
    expect(await recorded(made.organization.id, 'organization.created')).toMatchObject([
      { actor: { kind: 'agent', name: wanted.owner.name } },
    ]);
  });

  test('works once', async () => {
    await post(wanted);
    const other = { ...wanted, organization: { name: 'Other', slug: 'other' } };
    expect(await refusal(post(other))).toMatchObject({ status: 409, code: 'conflict' });
  });

  test('of several requests at once, one makes an organization and the others nothing', async () => {
    const requests = ['a', 'b', 'c'].map((slug) =>
      post({
        ...wanted,
        organization: { name: slug, slug },
        owner: { ...wanted.owner, email: `${slug}@acme.example` },
      }),
    );
    const statuses = (await Promise.all(requests)).map((response) => response.status);
    expect(statuses.sort()).toEqual([201, 409, 409]);
    for (const table of [organizations, users, members, widgetSettings, departments]) {
      expect(await database.select().from(table)).toHaveLength(1);
    }
  });

  test('is needed: a wrong one makes nothing, and without one there is nothing here', async () => {
    expect(await refusal(post({ ...wanted, code: 'guess' }))).toMatchObject({
      status: 403,
      code: 'forbidden',
    });
    expect(await refusal(post({ ...wanted, code: '' }, { FOYER_SETUP_CODE: '' }))).toMatchObject({
      status: 404,
      code: 'not_found',
    });
    expect(await database.select().from(organizations)).toEqual([]);
  });

  test('P9: names each wrong field', async () => {
    const wrong = {
      code: wanted.code,
      organization: { name: ' ', slug: 'Not a slug' },
      owner: { name: 'x'.repeat(201), email: 'olive', password: 'short' },
    };
    const { status, code, fields } = await refusal(post(wrong));
    expect({ status, code }).toEqual({ status: 400, code: 'validation_failed' });
    expect(Object.keys(fields ?? {}).sort()).toEqual([
      'organization.name',
      'organization.slug',
      'owner.email',
      'owner.name',
      'owner.password',
    ]);
  });
});

describe('setting up with a passkey', () => {
  const ORIGIN = 'https://chat.example';
  let callers = 0;
  const ask = (path: string, body: unknown) => {
    const headers = {
      'content-type': 'application/json',
      origin: ORIGIN,
      // Each from an address of their own: tries are counted by it.
      'cf-connecting-ip': `198.51.100.${++callers}`,
    };
    const init = { method: 'POST', headers, body: JSON.stringify(body) };
    return app.request(`${ORIGIN}${path}`, init, env);
  };

  /** What the page sends for a passkey that was just made. */
  async function withPasskey() {
    const { code, organization, owner } = wanted;
    const begun = await ask('/api/setup/passkey', { code });
    expect(begun.status).toBe(200);
    const { challenge, user } = passkeyCreation.parse(await begun.json());
    const device = await Authenticator.make();
    const sent = await device.register(challenge, ORIGIN);
    const { password: _, ...person } = owner;
    const passkey = { userId: user.id, name: 'Phone', ...sent };
    return { code, organization, owner: { ...person, passkey } };
  }

  test('makes an owner without a password, who is signed in', async () => {
    const response = await ask('/api/setup', await withPasskey());
    expect(response.status).toBe(201);
    const cookie = response.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ');
    const agent = await readAgent(
      { database, secret: env.FOYER_SECRET, origin: ORIGIN },
      new Headers({ cookie }),
    );
    expect(agent).toMatchObject({
      role: 'owner',
      user: { name: 'Olive', email: 'olive@acme.example', email_verified: false },
    });
    expect(await database.select().from(passkeys)).toMatchObject([{ user_id: agent?.user.id }]);
    expect((await database.select().from(accounts)).map(({ password }) => password)).toEqual([
      null,
    ]);
  });

  test('needs the setup code before it', async () => {
    expect((await refusal(ask('/api/setup/passkey', { code: 'a guess' }))).status).toBe(403);
  });

  test('refuses a passkey of another challenge, one beside a password, and neither', async () => {
    const [right, other] = [await withPasskey(), await withPasskey()];
    const mixed = { ...right.owner.passkey, userId: other.owner.passkey.userId };
    const { passkey: _, ...nothing } = right.owner;
    for (const owner of [
      { ...right.owner, passkey: mixed },
      { ...right.owner, password: 'correct horse' },
      nothing,
    ]) {
      expect((await refusal(ask('/api/setup', { ...right, owner }))).status).toBe(400);
    }
    expect((await ask('/api/setup', right)).status).toBe(201);
  });

  test('makes nothing a second time', async () => {
    const [first, second] = [await withPasskey(), await withPasskey()];
    const answers = await Promise.all([ask('/api/setup', first), ask('/api/setup', second)]);
    expect(answers.map(({ status }) => status).sort()).toEqual([201, 409]);
    expect(await database.select().from(passkeys)).toHaveLength(1);
  });
});
