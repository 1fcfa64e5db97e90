import { z } from 'zod';
import { MAX_PASSWORD_LENGTH } from '../../protocol/limits.ts';
import { FoyerError } from '../errors.ts';
import { signInKey } from '../features/addresses/sign-in.ts';
import { accountEmail } from '../fields.ts';
import { strict, wrongFields } from '../strict.ts';
import { type AgentAuthDeps, createAgentAuth, NO_ORGANIZATION } from './agents.ts';
import { readAgent } from './agents-session.ts';
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
 * Throws FoyerError for every refusal.
 */
export async function handleAgentAuth(request: Request, deps: AgentAuthDeps): Promise<Response> {
  const { pathname } = new URL(request.url);
  switch (`${request.method} ${pathname}`) {
    case 'POST /api/auth/sign-in/email':
      return signIn(request, deps);
    case 'POST /api/auth/two-factor/verify-totp':
    case 'POST /api/auth/two-factor/verify-backup-code':
      return verifyCode(request, deps);
    case 'POST /api/auth/sign-out':
      return signOut(request, deps);
    case 'GET /api/auth/get-session':
      return answer(await readAgent(deps, request.headers));
    default:
      throw new FoyerError('not_found');
  }
}

const credentials = z.object({
  email: accountEmail,
  password: z.string().min(1).max(MAX_PASSWORD_LENGTH),
});

const code = z.object({ code: z.string().trim().min(1).max(20) });

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

const signedIn = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
});
const halfway = z.object({ twoFactorRedirect: z.literal(true) });

async function signIn(request: Request, deps: AgentAuthDeps): Promise<Response> {
  const { email, password } = await readBody(request, credentials);
  const key = await signInKey(deps.database, email, password);
  const response = await ask(request, deps, { email: standInFor(key), password });
  const json: unknown = await response.json();
  const cookies = response.headers.getSetCookie();
  if (halfway.safeParse(json).success) return answer({ second_factor: true }, cookies);
  // better-auth's answer holds the session's token, which only the cookie should.
  const { user } = signedIn.parse(json);
  return answer({ user: { ...user, email } }, cookies);
}

/** The second step of signing in; the first one's cookie says whose. */
async function verifyCode(request: Request, deps: AgentAuthDeps): Promise<Response> {
  // Of somebody who is signed in, better-auth would take it for the set-up of a second factor.
  if (await readAgent(deps, request.headers)) throw new FoyerError('conflict');
  const response = await ask(request, deps, await readBody(request, code), CODE_REFUSED);
  return answer({ success: true }, response.headers.getSetCookie());
}

const SIGN_IN_REFUSED = 'The e-mail address or the password is not right.';
const CODE_REFUSED =
  'The code is not right, or too much time has passed. Sign in again if it stays so.';

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
): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.delete('content-length');
  headers.set('content-type', 'application/json');
  const copy = new Request(request.url, { method: 'POST', headers, body: JSON.stringify(body) });
  const response = await createAgentAuth(deps).handler(copy);
  if (response.ok) return response;
  throw await refusal(response, refused);
}

async function refusal(response: Response, refused: string): Promise<FoyerError> {
  switch (response.status) {
    // 400: too many codes were tried for this sign-in.
    case 400:
    case 401:
      return new FoyerError('unauthorized', { message: refused });
    case 403: {
      const { code } = z.object({ code: z.string() }).parse(await response.json());
      return code === NO_ORGANIZATION
        ? new FoyerError('forbidden', { message: 'This account belongs to no organization.' })
        : new FoyerError('origin_not_allowed', {
            message: 'This request does not come from this site.',
          });
    }
    case 429: {
      const seconds = Number(response.headers.get('x-retry-after'));
      return new FoyerError('rate_limited', {
        message: 'Too many attempts to sign in. Wait a little and try again.',
        retryAfter: Math.max(1, seconds || 1),
      });
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
