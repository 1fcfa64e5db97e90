import { type AgentContext, databaseOf } from '../http/context.ts';
import { dashboardOrigin } from '../http/headers/public-url.ts';
import { organizationObject } from '../organization/address.ts';
import type { AgentAuthDeps } from './agents.ts';

/**
 * What better-auth needs for a request, and what follows from what it does.
 *
 * @param replaces whether a session that ends is only replaced by another of the same browser, whose
 *   sockets then come back by themselves
 */
export function authDeps(context: AgentContext, replaces = false): AgentAuthDeps {
  const { env } = context;
  const revoke = (organizationId: string, userId: string, sessionId: string | null, ends = true) =>
    organizationObject(env, organizationId).revoke(organizationId, userId, sessionId, ends);
  return {
    database: databaseOf(context),
    secret: env.FOYER_SECRET,
    origin: dashboardOrigin(env, context.req.raw),
    onSessionEnded: ({ organizationId, userId, sessionId }) =>
      revoke(organizationId, userId, sessionId, !replaces),
    onMemberRemoved: ({ organizationId, userId }) => revoke(organizationId, userId, null),
    onRoleChanged: ({ organizationId, userId }) => revoke(organizationId, userId, null, false),
  };
}
