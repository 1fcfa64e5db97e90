import { env } from 'cloudflare:workers';
import { hashPassword } from 'better-auth/crypto';
import { beforeAll, beforeEach } from 'vitest';
import {
  insertBelongings,
  insertOrganization,
  organizationRows,
} from '../../drizzle/organization.ts';
import { tables } from '../database/configured.ts';
import { openDatabase, writeAll } from '../database/database.ts';
import { FoyerError } from '../kernel/errors.ts';
import { handleAgentAuth } from './agent-auth.ts';
import type { AgentAuthDeps } from './agents.ts';
import { readAgent } from './agents-session.ts';

/** For tests: Acme with its owner Olive and the agents Amos and Ada, who sign in. */

export const PASSWORD = 'correct horse battery';
export const ORIGIN = 'https://chat.example';
export const database = openDatabase(env);
export const passwordHash = await hashPassword(PASSWORD);

const acme = organizationRows({
  name: 'Acme',
  slug: 'acme',
  publicKey: 'wk_acme',
  departments: [{ name: 'Support' }],
  people: [
    { name: 'Olive', email: 'Olive@acme.example', role: 'owner', passwordHash },
    { name: 'Amos', email: 'amos@acme.example', role: 'agent', passwordHash },
    { name: 'Ada', email: 'ada@acme.example', role: 'agent', passwordHash },
  ],
});
export const organizationId = acme.organization.id;

function personOf(index: number) {
  const [user, member] = [acme.users[index], acme.members[index]];
  if (!user || !member) throw new Error('Acme has three people.');
  return { user, member };
}

export const { user: olive } = personOf(0);
export const { user: amos } = personOf(1);
export const { user: ada, member: adasMembership } = personOf(2);

/** What `deps` was told since the test began. */
export const events: unknown[] = [];

export function deps(origin = ORIGIN): AgentAuthDeps {
  return {
    database,
    secret: env.FOYER_SECRET,
    origin,
    onSessionEnded: (ended) => events.push(['session', ended]),
    onMemberRemoved: (member) => events.push(['removed', member]),
    onRoleChanged: (member) => events.push(['role', member]),
  };
}

type Sent = { origin?: string; headers?: Record<string, string>; body?: unknown };

export function send(method: string, path: string, { origin = ORIGIN, headers, body }: Sent = {}) {
  const request = new Request(`${origin}/api/auth/${path}`, {
    method,
    headers: { origin, 'cf-connecting-ip': '203.0.113.1', ...headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
  });
  return handleAgentAuth(request, deps(origin));
}

/** The error that refuses a request. Throws if there is none. */
export async function refused(response: Promise<Response>): Promise<FoyerError> {
  const error = await response.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof FoyerError)) throw new Error(`No refusal: ${String(error)}`);
  return error;
}

/** The Cookie header that a browser sends back after signing in. */
export async function signIn(email: string, sent: Sent = {}): Promise<string> {
  const response = await send('POST', 'sign-in/email', {
    body: { email, password: PASSWORD },
    ...sent,
  });
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

/** The agent whom a cookie signs in, or null. */
export const read = (cookie: string, origin = ORIGIN) =>
  readAgent(deps(origin), new Headers({ cookie }));

/** Writes Acme before a file's tests, and forgets events and limits before each. */
export function settleAcme(): void {
  beforeAll(async () => {
    await writeAll(database, [
      insertOrganization(database, acme, tables),
      ...insertBelongings(database, acme, tables),
    ]);
  });

  beforeEach(async () => {
    events.length = 0;
    await database.delete(tables.rateLimits);
  });
}
