import { parseSigned } from 'hono/utils/cookie';
import { z } from 'zod';
import type { SignInWay } from '../../protocol/resources/activity.ts';
import { tryCode } from '../features/accounts/guesses/tries.ts';
import { provePassword } from '../features/accounts/sign-in.ts';
import { findHalfway } from '../features/accounts/store.ts';
import { useCode } from '../features/accounts/totp.ts';
import { strict, wrongFields } from '../http/input/strict.ts';
import { FoyerError } from '../kernel/errors.ts';
import { type AgentAuthDeps, createAgentAuth, NO_ORGANIZATION } from './agents.ts';
import { agentCookies, readAgent } from './agents-session.ts';
import { code, credentials, signedIn } from './bodies.ts';
import { standInFor } from './sign-in-address.ts';

/**
 * `/api/auth/*`: what the world may ask of better-auth, and nothing else of its large surface.
 *
 * - `POST sign-in/email {email, password}` → `{user}` and the cookie; 401 without saying whether
 *   the address is known, 429 after too many attempts
 * - `POST sign-in/email` answers `{second_factor: true}` where the account has one; then
 *   `POST two-factor/verify-totp {code}` or `two-factor/verify-backup-code {code}` → the cookie
 * - `POST sign-out` → `{success: true}`
 * - `GET get-session` → the agent, or null
 *
 * description.ts describes them for /api/openapi.json. Throws FoyerError for every refusal.
 */
export async function handleAgentAuth(request: Request, deps: AgentAuthDeps): Promise<Response> {
  const { pathname } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'POST /api/auth/sign-in/email':
      return signIn(request, deps);
    case 'POST /api/auth/two-factor/verify-totp':
      return verifyCode(request, deps, 'totp');
    case 'POST /api/auth/two-factor/verify-backup-code':
      return verifyCode(request, deps, 'backup-code');
    case 'POST /api/auth/sign-out':
      return signOut(request, deps);
    case 'GET /api/auth/get-session':
      return answer(await readAgent(deps, request.headers));
    default:
      throw new FoyerError('not_found');
  }
}

async function readBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
): Promise<z.infer<Schema>> {
  const json: unknown = await request.json().catch(() => {
    throw new FoyerError('malformed_json');
  });
  const { schema: exact, names } = strict(schema);
  const parsed = exact.safeParse(json);
  if (parsed.success) return parsed.data;
  const fields = wrongFields(parsed.error.issues, names);
  throw new FoyerError('validation_failed', { fields });
}

const halfway = z.object({ twoFactorRedirect: z.literal(true) });

async function signIn(request: Request, deps: AgentAuthDeps): Promise<Response> {
  checkOrigin(request, deps);
  const { email, password } = await readBody(request, credentials);
  const proven = await provePassword(deps, request, { email, password });
  if (!proven) throw new FoyerError('unauthorized', { message: SIGN_IN_REFUSED });
  const body = { email: standInFor(proven.key), password };
  const by = { ...deps, way: 'password' as const };
  const response = await ask(request, by, body, SIGN_IN_REFUSED, proven.hash);
  const json: unknown = await response.json();
  const cookies = response.headers.getSetCookie();
  if (halfway.safeParse(json).success) return answer({ second_factor: true }, cookies);
  // better-auth's answer holds the session's token, which only the cookie should.
  const { user } = signedIn.parse(json);
  return answer({ user: { ...user, email } }, cookies);
}

/** The second step of signing in; the first one's cookie says whose. */
async function verifyCode(
  request: Request,
  deps: AgentAuthDeps,
  kind: 'totp' | 'backup-code',
): Promise<Response> {
  // Of somebody who is signed in, better-auth would take it for the set-up of a second factor.
  if (await readAgent(deps, request.headers)) throw new FoyerError('conflict');
  checkOrigin(request, deps);
  const body = await readBody(request, code);
  const refused = new FoyerError('unauthorized', { message: CODE_REFUSED });
  const halfway = await halfwayIn(request, deps);
  if (!halfway) throw refused;
  const attempt = await tryCode(deps, request, halfway.userId);
  const { key } = agentCookies(deps);
  const { secret } = halfway;
  if (
    kind === 'totp' &&
    !(await useCode(deps.database, { secret, key, code: body.code }, Date.now()))
  ) {
    await attempt.wrong();
    throw refused;
  }
  try {
    const way = kind === 'totp' ? 'code' : 'backup_code';
    const response = await ask(request, { ...deps, way }, body, CODE_REFUSED);
    await attempt.right();
    return answer({ success: true }, response.headers.getSetCookie());
  } catch (error) {
    if (error instanceof FoyerError && error.code === 'unauthorized') await attempt.wrong();
    throw error;
  }
}

/** The person who gave the right password but no code yet, by the cookie of the first step. */
async function halfwayIn(request: Request, deps: AgentAuthDeps) {
  const { prefix, key } = agentCookies(deps);
  const name = `${prefix}.two_factor`;
  const cookie = request.headers.get('cookie');
  if (!cookie?.includes(name)) return null;
  const identifier = (await parseSigned(cookie, key, name))[name];
  return identifier ? findHalfway(deps.database, identifier, new Date()) : null;
}

/** Another site's page may not guess in the name of whoever looks at it. */
export function checkOrigin(request: Request, { origin }: Pick<AgentAuthDeps, 'origin'>): void {
  const given = request.headers.get('origin');
  if (given !== null && given !== origin) throw foreignOrigin();
}

const foreignOrigin = () =>
  new FoyerError('origin_not_allowed', { message: 'This request does not come from this site.' });

const SIGN_IN_REFUSED = 'The e-mail address or the password is wrong.';
const CODE_REFUSED = 'The code is wrong or has expired. If it happens again, sign in again.';

/**
 * Signs in the person of an account who has shown who they are by something else than a password.
 *
 * @param way how they have shown it; of a link the account's second factor is still asked for
 * @returns the cookies of the session, or those of the first half where a code must follow
 * @throws FoyerError forbidden for a person without an organization
 */
export async function signInProven(
  deps: AgentAuthDeps,
  request: Request,
  userId: string,
  way: SignInWay,
): Promise<{ halfway: boolean; cookies: string[] }> {
  const response = await createAgentAuth({ ...deps, way }).api.signInProven({
    body: { userId, asksForCode: way === 'link' },
    headers: request.headers,
    asResponse: true,
  });
  if (!response.ok) throw await refusal(response, SIGN_IN_REFUSED);
  const json: unknown = await response.json();
  const cookies = response.headers.getSetCookie();
  return { halfway: halfway.safeParse(json).success, cookies };
}

async function signOut(request: Request, deps: AgentAuthDeps): Promise<Response> {
  // better-auth swallows the failures of its own queries here and would call a session ended that
  // is not; with this one an unreachable database is an error.
  await readAgent(deps, request.headers);
  const response = await ask(request, deps, {});
  return answer({ success: true }, response.headers.getSetCookie());
}

/** Lets better-auth do what the request asks. Throws when it refuses. */
async function ask(
  request: Request,
  deps: AgentAuthDeps,
  body: unknown,
  refused = SIGN_IN_REFUSED,
  proven?: string,
): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  const copy = new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) });
  const response = await createAgentAuth(deps, proven).handler(copy);
  if (response.ok) return response;
  throw await refusal(response, refused);
}

async function refusal(response: Response, refused: string): Promise<FoyerError> {
  switch (response.status) {
    // 400: too many codes were tried for this sign-in. 409: a backup code was used at the same time.
    case 400:
    case 401:
    case 409:
      return new FoyerError('unauthorized', { message: refused });
    case 403: {
      const { code } = z.object({ code: z.string() }).parse(await response.json());
      return code === NO_ORGANIZATION
        ? new FoyerError('forbidden', {
            message: "This account doesn't belong to an organization.",
          })
        : foreignOrigin();
    }
    default:
      throw new Error(`better-auth answered ${response.status}: ${await response.text()}`);
  }
}

function answer(body: unknown, cookies: string[] = []): Response {
  const response = Response.json(body, { headers: { 'cache-control': 'no-store' } });
  for (const cookie of cookies) response.headers.append('set-cookie', cookie);
  return response;
}
