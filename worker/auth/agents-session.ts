import { parseSigned } from 'hono/utils/cookie';
import { type MemberRole, memberRole } from '../../protocol/resources/member.ts';
import type { Database } from '../database/database.ts';
import { keyText } from '../kernel/secret.ts';
import { may } from './permissions.ts';
import { findSession, noteUse } from './store.ts';

/** What it takes to recognise an agent. `origin` is the request's own: `https://chat.example`. */
export type AgentAccess = { database: Database; secret: string; origin: string };

/** Somebody who is signed in and, at this moment, a member. */
export type Agent = {
  user: {
    id: string;
    name: string;
    email: string;
    email_verified: boolean;
    image: string | null;
    two_factor: boolean;
  };
  session: { id: string; expires_at: Date };
  organization: { id: string; name: string; slug: string; restrict_agents: boolean };
  role: MemberRole;
  /** The departments that they serve, where these are all that they see; left out: everything. */
  departments?: string[];
};

const COOKIE_PREFIX = 'foyer';

/** Days after which a session ends that is not used. */
const IDLE_DAYS = 14;

const DAY = 24 * 60 * 60_000;

/**
 * What makes better-auth's cookies ours. The key is one that nothing else is signed with, so that
 * no visitor's token can ever pass for an agent's cookie.
 */
export function agentCookies({ secret, origin }: Pick<AgentAccess, 'secret' | 'origin'>) {
  const secure = origin.startsWith('https:');
  // With it browsers take the cookie from this host alone: no subdomain can set one in its place.
  const prefix = `${secure ? '__Host-' : ''}${COOKIE_PREFIX}`;
  return { name: `${prefix}.session_token`, prefix, secure, key: keyText(secret, 'agents') };
}

/**
 * The agent whom the request's cookie names, or null: no cookie, a forged one, a session that
 * ended or was not used for 14 days, somebody who is no longer a member. Asked of the database every time, in one query, so
 * that a removal holds from the next request on; better-auth's own reading takes two queries and
 * does not know of members.
 */
export async function readAgent(access: AgentAccess, headers: Headers): Promise<Agent | null> {
  const { name, key } = agentCookies(access);
  const cookie = headers.get('cookie');
  if (!cookie?.includes(name)) return null;
  const token = (await parseSigned(cookie, key, name))[name];
  if (!token) return null;
  const rows = await findSession(access.database, token, lastIdle());
  const [session] = rows;
  if (!session) return null;
  const { department_id: _, used_at, ...agent } = session;
  await noteUse(access.database, agent.session.id, used_at);
  const role = memberRole.parse(agent.role);
  if (!agent.organization.restrict_agents || may(role, 'inbox.all')) return { ...agent, role };
  // In one order, so that two readings can be compared.
  const departments = rows.flatMap(({ department_id }) => department_id ?? []).sort();
  return { ...agent, role, departments };
}

/** A session that was used last at this time or before it has ended. */
export function lastIdle(now = Date.now()): Date {
  return new Date(now - IDLE_DAYS * DAY);
}

/** When a session ends that is not used again. */
export function sessionEnd({ used_at, expires_at }: { used_at: Date; expires_at: Date }): Date {
  return new Date(Math.min(expires_at.getTime(), used_at.getTime() + IDLE_DAYS * DAY));
}
