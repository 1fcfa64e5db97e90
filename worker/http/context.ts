import type { Context, MiddlewareHandler } from 'hono';
import type { By } from '../activity/row.ts';
import type { Agent as SignedIn } from '../auth/agents-session.ts';
import { customerIdOf } from '../auth/identity.ts';
import type { Validity, VisitorSession } from '../auth/visitors.ts';
import type { Agent, Visitor } from '../conversation/who.ts';
import { type Database, type Opened, openForRequest } from '../database/database.ts';
import type { Env } from '../env.ts';
import { networkOf } from '../kernel/ip.ts';
import { requestId } from '../kernel/log/log.ts';
import { outages } from '../kernel/log/outages.ts';

/** What the routes of the widget know of a request, once its token is verified. */
export type WidgetEnv = { Bindings: Env; Variables: { visitor: Visitor } };

/** What the routes of the dashboard know of a request, once its cookie is verified. */
export type AdminEnv = {
  Bindings: Env;
  Variables: {
    signedIn: SignedIn;
    agent: Agent;
    /** When the database was asked who they are, or before: milliseconds since 1970. */
    askedAt: number;
  };
};

/** A request of the dashboard. */
export type AdminContext = Context<AdminEnv>;

/** What is needed of a request to speak to better-auth. */
export type AgentContext = { env: Env; req: { raw: Request } };

/** The requests' databases, for as long as the requests. */
const opened = new WeakMap<object, Opened>();

/** The request's database: opened when it is first asked for, the same one afterwards. */
export function databaseOf({ env, req }: { env: Env; req: object }): Database {
  let connection = opened.get(req);
  if (!connection) {
    connection = openForRequest(env);
    opened.set(req, connection);
  }
  return connection.database;
}

/** Closes what the request has opened, once its response is on the way. */
export const closeDatabase: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  await next();
  const connection = opened.get(context.req);
  if (!connection) return;
  if (context.res.ok) outages.worked('database');
  context.executionCtx.waitUntil(connection.close());
};

/** Where the request came to: `https://chat.example`. */
export function originOf(request: Request): string {
  return new URL(request.url).origin;
}

/**
 * The visitor of a session, as the conversation's object knows visitors.
 *
 * @param address the name of their address for quotas (features/quotas/address-key.ts)
 */
export function asVisitor(session: VisitorSession & Partial<Validity>, address?: string): Visitor {
  const { organization_id, visitor_id, identity, issued_at, expires_at } = session;
  const { suspected, checked_until } = session;
  const customer_id = identity && customerIdOf(organization_id, identity.external_id);
  return {
    role: 'visitor',
    organization_id,
    visitor_id,
    ...(customer_id && { customer_id }),
    issued_at,
    expires_at,
    ...(address !== undefined && { address }),
    ...(suspected && { suspected }),
    ...(checked_until !== undefined && { checked_until }),
    request: requestId(),
  };
}

/** The agent of a session, as the objects know agents. */
export function asAgent({ organization, user, session, role, departments }: SignedIn): Agent {
  return {
    role: 'agent',
    organization_id: organization.id,
    id: user.id,
    name: user.name,
    session_id: session.id,
    member_role: role,
    request: requestId(),
    ...(departments && { departments }),
  };
}

/** The caller, as the activity log names them. */
export function byOf({ var: { agent } }: AdminContext): By {
  const { organization_id, id, name } = agent;
  return { organization_id, actor: { kind: 'agent', id, name } };
}

/** The address that the request came from; Cloudflare sets it and overwrites what a client says. */
export function addressOf(request: Request): string {
  return request.headers.get('cf-connecting-ip') ?? 'unknown';
}

/** What every limit by address counts by: the IPv4 address, or the /64 of an IPv6 address. */
export function networkOfRequest(request: Request): string {
  return networkOf(addressOf(request));
}
