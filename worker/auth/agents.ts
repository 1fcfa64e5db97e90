import { drizzleAdapter } from 'better-auth/adapters/drizzle';
import { APIError, createAuthMiddleware } from 'better-auth/api';
import { betterAuth } from 'better-auth/minimal';
import { createAccessControl } from 'better-auth/plugins/access';
import { organization } from 'better-auth/plugins/organization';
import {
  adminAc,
  defaultStatements,
  memberAc,
  ownerAc,
} from 'better-auth/plugins/organization/access';
import { twoFactor } from 'better-auth/plugins/two-factor';
import { z } from 'zod';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../protocol/limits.ts';
import type { SignInWay } from '../../protocol/resources/activity.ts';
import { recordSignIn } from '../activity/record-store.ts';
import { databaseKind, tables } from '../database/configured.ts';
import { uuidv7 } from '../kernel/ids.ts';
import { log } from '../kernel/log/log.ts';
import { type AgentAccess, agentCookies } from './agents-session.ts';
import { provenSignIn } from './proven-sign-in.ts';
import { internationalAddresses } from './sign-in-address.ts';
import { findFirstOrganization } from './store.ts';

/** What follows from an agent's session or membership ending: their sockets close at once. */
type AgentEvents = {
  /** Signed in, or gave the right password where a second factor is still asked for. */
  onSessionStarted?(userId: string): unknown;
  /** Signed out, revoked, or the whole user deleted. Not called when a session merely expires. */
  onSessionEnded(ended: { organizationId: string; userId: string; sessionId: string }): unknown;
  /** Removed from the organization, or left it. */
  onMemberRemoved(member: { organizationId: string; userId: string }): unknown;
  /** What their open sockets were allowed may have changed. */
  onRoleChanged(member: { organizationId: string; userId: string }): unknown;
};

export type AgentAuthDeps = AgentAccess &
  AgentEvents & {
    /** How somebody signs in. Left out, a new session only takes the place of another. */
    way?: SignInWay;
  };

/** Use does not prolong a session: everybody signs in once a month. */
const SESSION_SECONDS = 30 * 24 * 60 * 60;

/** The refusal code for a right password whose owner belongs to no organization. */
export const NO_ORGANIZATION = 'NO_ORGANIZATION';

const accessControl = createAccessControl(defaultStatements);

/**
 * better-auth for one request. Everything that it can do is reachable through its `api`; what the
 * world can reach of it is in agent-auth.ts.
 *
 * @param proven the hash of the password that was just found to be right, for signing in: it is not
 *   hashed a second time
 */
export function createAgentAuth(deps: AgentAuthDeps, proven?: string) {
  const cookies = agentCookies(deps);
  return betterAuth({
    appName: 'Foyer',
    baseURL: deps.origin,
    basePath: '/api/auth',
    trustedOrigins: [deps.origin],
    secret: cookies.key,
    database: drizzleAdapter(deps.database, {
      provider: databaseKind === 'postgres' ? 'pg' : 'sqlite',
      schema: tables,
      usePlural: true,
    }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      ...(proven !== undefined && {
        password: { verify: async ({ hash }: { hash: string }) => hash === proven },
      }),
    },
    session: { expiresIn: SESSION_SECONDS, disableSessionRefresh: true },
    // The brake on guesses is ours (features/accounts/guesses/brake.ts).
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: cookies.prefix,
      // It would put `__Secure-` before the prefix, which is `__Host-` already.
      useSecureCookies: false,
      defaultCookieAttributes: { secure: cookies.secure },
      // Set explicitly: better-auth switches off its origin check when it detects a test.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      // The /64 as everywhere (kernel/ip.ts), and IPv4-mapped addresses as IPv4.
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'], ipv6Subnet: 64 },
      database: { generateId: () => uuidv7() },
    },
    plugins: [
      internationalAddresses,
      provenSignIn,
      twoFactor({ issuer: 'Foyer', accountLockout: { enabled: false } }),
      organization({
        ac: accessControl,
        roles: {
          owner: accessControl.newRole(ownerAc.statements),
          admin: accessControl.newRole(adminAc.statements),
          agent: accessControl.newRole(memberAc.statements),
        },
        creatorRole: 'owner',
        allowUserToCreateOrganization: false,
        disableOrganizationDeletion: true,
        organizationHooks: {
          afterRemoveMember: async ({ member }) => {
            await deps.onMemberRemoved(whose(member));
          },
          afterUpdateMemberRole: async ({ member }) => {
            await deps.onRoleChanged(whose(member));
          },
        },
      }),
    ],
    hooks: {
      // better-auth has no hook of its own for somebody who leaves.
      after: createAuthMiddleware(async (context) => {
        if (context.path !== '/organization/leave') return;
        const left = membership.safeParse(context.context.returned);
        if (left.success) await deps.onMemberRemoved(left.data);
      }),
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session) => {
            const activeOrganizationId = await findFirstOrganization(deps.database, session.userId);
            if (activeOrganizationId === undefined) {
              throw new APIError('FORBIDDEN', { code: NO_ORGANIZATION });
            }
            if (deps.way) {
              await recordSignIn(deps.database, activeOrganizationId, session.userId, deps.way);
            }
            return { data: { ...session, activeOrganizationId } };
          },
          after: async (session) => {
            await deps.onSessionStarted?.(session.userId);
          },
        },
        delete: {
          after: async (session) => {
            const { activeOrganizationId: organizationId } = session;
            if (typeof organizationId !== 'string') return;
            await deps.onSessionEnded({
              organizationId,
              userId: session.userId,
              sessionId: session.id,
            });
          },
        },
      },
    },
    // What is not a refusal goes to the app, which knows a database that is away from a mistake.
    onAPIError: { throw: true },
    // Its messages name addresses; what went wrong is thrown besides.
    logger: {
      level: 'error',
      log: (_level, _message, ...rest) =>
        log.warn('auth_failed', { error: rest.find((item) => item instanceof Error) }),
    },
    telemetry: { enabled: false },
  });
}

const membership = z.object({ organizationId: z.string(), userId: z.string() });

function whose({ organizationId, userId }: z.infer<typeof membership>) {
  return { organizationId, userId };
}
