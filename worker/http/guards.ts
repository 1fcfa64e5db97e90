import type { MiddlewareHandler } from 'hono';
import { readAgent } from '../auth/agents-session.ts';
import type { Action } from '../auth/permissions.ts';
import { may } from '../auth/principal.ts';
import { readSessionToken } from '../auth/visitors.ts';
import { sessionOf, type Visitor } from '../conversation/who.ts';
import type { Env } from '../env.ts';
import { addressKey } from '../features/quotas/address-key.ts';
import { mustBeAdmitted } from '../features/visitor-sessions/store.ts';
import { FoyerError } from '../kernel/errors.ts';
import { isSame } from '../kernel/is-same.ts';
import { dueLine } from '../kernel/log/line-limit.ts';
import { log, note } from '../kernel/log/log.ts';
import { isSecret } from '../kernel/secret.ts';
import {
  type AdminEnv,
  asAgent,
  asVisitor,
  databaseOf,
  networkOfRequest,
  type WidgetEnv,
} from './context.ts';
import { lostService } from './failures.ts';
import { dashboardOrigin } from './headers/public-url.ts';

/** What stands before the routes. Each throws the refusal and lets nothing else through. */

/** So many requests a minute from one address (wrangler.toml says how many). */
export const limitAddress: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  await within(context.env.ADDRESS_LIMIT, networkOfRequest(context.req.raw));
  await next();
};

/** So many requests a minute by one visitor. */
export async function limitVisitor(env: Env, visitorId: string): Promise<void> {
  await within(env.VISITOR_LIMIT, visitorId);
}

/** Limits the attempts per minute at something that sends a mail or that a password guards. */
export async function limitAttempts(env: Env, key: string): Promise<void> {
  await within(env.ATTEMPT_LIMIT, key);
}

/** What a stranger may guess at without being signed in; passwords and codes have brakes of their own. */
type Guessable =
  | 'probe'
  | 'operator'
  | 'setup'
  | 'sign_in_link'
  | 'invitation'
  | 'invitation_passkey'
  | 'reset'
  | 'address'
  | 'file';

/**
 * So many tries a minute from one address at a secret. Stands before the secret is looked at, so that
 * a guess beyond the limit learns nothing; of a file's link, which honest people open often, only the
 * wrong ones count.
 *
 * @throws FoyerError rate_limited
 */
export async function limitGuesses(
  { env, req }: { env: Env; req: { raw: Request } },
  secret: Guessable,
): Promise<void> {
  await limitAttempts(env, `${secret}:${networkOfRequest(req.raw)}`);
}

/** So many mails a minute at the wish of one visitor. */
export async function limitMail(env: Env, visitorId: string): Promise<void> {
  await within(env.MAIL_LIMIT, visitorId);
}

async function within(limit: RateLimit, key: string): Promise<void> {
  const { success } = await limit.limit({ key });
  if (!success) throw new FoyerError('rate_limited');
}

/** A visitor with a session token in the Authorization header. */
export const requireVisitor: MiddlewareHandler<WidgetEnv> = async (context, next) => {
  const token = bearer(context.req.header('authorization'));
  const session = await readSessionToken(context.env.FOYER_SECRET, token);
  await limitVisitor(context.env, session.visitor_id);
  const address = await addressKey(context.env, session.organization_id, context.req.raw);
  const visitor = asVisitor(session, address);
  await admitIdentified(context, visitor);
  context.set('visitor', visitor);
  await next();
};

/**
 * A visitor with a signed identity has two records, and a conversation's object knows only its own
 * alone: the database is asked for both. While it is away the object's word holds.
 *
 * @throws FoyerError blocked, session_expired
 */
export async function admitIdentified(
  context: { env: Env; req: object },
  visitor: Visitor,
): Promise<void> {
  if (visitor.customer_id === undefined) return;
  try {
    await mustBeAdmitted(databaseOf(context), visitor.organization_id, sessionOf(visitor));
  } catch (error) {
    if (lostService(error) !== 'database') throw error;
  }
}

/** The token of an Authorization header; null for any other kind. */
export function bearer(header: string | undefined): string | null {
  return header?.match(/^Bearer (\S+)$/i)?.[1] ?? null;
}

/**
 * An agent who is signed in. Whatever changes something, and every socket, must also come from our
 * own pages: the cookie alone would let any site speak in the agent's name.
 */
export const requireAgent: MiddlewareHandler<AdminEnv> = async (context, next) => {
  const { method, raw } = context.req;
  const origin = dashboardOrigin(context.env, raw);
  const changes = method !== 'GET' && method !== 'HEAD';
  if ((changes || isUpgrade(raw)) && raw.headers.get('origin') !== origin) {
    const reason = raw.headers.has('origin') ? 'not_listed' : 'no_origin';
    const due = dueLine(`origin ${reason}`);
    if (due) log.warn('origin_refused', { reason, role: 'agent', ...due });
    throw new FoyerError('origin_not_allowed', {
      message: 'This request does not come from this site.',
    });
  }
  const access = { database: databaseOf(context), secret: context.env.FOYER_SECRET, origin };
  context.set('askedAt', Date.now());
  const signedIn = await readAgent(access, raw.headers);
  if (!signedIn) throw new FoyerError('unauthorized');
  note({ organization: signedIn.organization.id, user: signedIn.user.id, role: 'agent' });
  context.set('signedIn', signedIn);
  context.set('agent', asAgent(signedIn));
  await next();
};

/** Whoever runs the installation: the bearer of FOYER_OPERATOR_TOKEN. */
export const requireOperator: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  const token = bearer(context.req.header('authorization'));
  const { FOYER_OPERATOR_TOKEN: expected } = context.env;
  if (token === null) throw new FoyerError('unauthorized');
  if (!isSecret(expected) || !(await isSame(token, expected))) {
    // Only what is wrong counts: the command asks often, to show how far a job is.
    await limitGuesses(context, 'operator');
    throw new FoyerError('unauthorized');
  }
  await next();
};

/** An agent whose role may do this. */
export function permit(action: Action): MiddlewareHandler<AdminEnv> {
  return async (context, next) => {
    if (!may(context.var.agent, action)) throw new FoyerError('forbidden');
    await next();
  };
}

export function isUpgrade(request: Request): boolean {
  return request.headers.get('upgrade')?.toLowerCase() === 'websocket';
}
