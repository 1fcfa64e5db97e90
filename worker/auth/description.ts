import { z } from 'zod';
import { jsonSchema, named, refusalAnswer } from '../http/description/openapi-refusals.ts';
import { strict } from '../http/input/strict.ts';
import { code, credentials, currentAgent, done, secondFactor, signedIn } from './bodies.ts';

/**
 * The paths of `/api/auth/*` for the API's description. They have no routes of their own, because
 * one handler stands before better-auth.
 */
export function authPaths() {
  const signIn = {
    operationId: 'postAuthSignInEmail',
    summary: 'Signs an agent in, or asks for the second factor.',
    description:
      'Sets the cookie of the session. If the account has a second factor, the answer is second_factor and the cookie is the one that two-factor/verify-totp or two-factor/verify-backup-code needs. An Origin header must be the one of this site.',
    requestBody: taking(credentials),
    responses: {
      200: answering(z.union([signedIn, secondFactor]), 'Signed in, or halfway.'),
      400: refusalAnswer(named('malformed_json', 'validation_failed')),
      401: refusalAnswer(
        `${named('unauthorized')} It does not say whether the address or the password is wrong.`,
      ),
      403: refusalAnswer(
        `${named('origin_not_allowed', 'forbidden')} The account may belong to no organization.`,
      ),
      429: refusalAnswer(`${named('rate_limited')} Retry-After gives the seconds to wait.`),
      default: refusalAnswer(),
    },
  };
  const verify = (operationId: string, summary: string) => ({
    operationId,
    summary,
    description:
      'The second step of signing in, within the time of the cookie that sign-in/email has set. Sets the cookie of the session.',
    requestBody: taking(code),
    responses: {
      200: answering(done, 'Signed in.'),
      400: refusalAnswer(named('malformed_json', 'validation_failed')),
      401: refusalAnswer(
        `${named('unauthorized')} The code is wrong, the first step is missing or too old, or too many codes were tried.`,
      ),
      403: refusalAnswer(named('origin_not_allowed', 'forbidden')),
      409: refusalAnswer(`${named('conflict')} The caller is signed in already.`),
      429: refusalAnswer(`${named('rate_limited')} Retry-After gives the seconds to wait.`),
      default: refusalAnswer(),
    },
  });
  return {
    '/auth/sign-in/email': { post: signIn },
    '/auth/two-factor/verify-totp': {
      post: verify('postAuthTwoFactorVerifyTotp', "Accepts the code of the agent's app."),
    },
    '/auth/two-factor/verify-backup-code': {
      post: verify('postAuthTwoFactorVerifyBackupCode', 'Accepts a backup code, which works once.'),
    },
    '/auth/sign-out': {
      post: {
        operationId: 'postAuthSignOut',
        summary: 'Ends the session, if there is one, and clears its cookie.',
        responses: {
          200: answering(done, 'Signed out.'),
          403: refusalAnswer(named('origin_not_allowed')),
          default: refusalAnswer(),
        },
      },
    },
    '/auth/get-session': {
      get: {
        operationId: 'getAuthGetSession',
        summary: 'The signed-in agent.',
        responses: {
          200: answering(
            currentAgent,
            'The agent, or null. departments is present only if the agent sees only those departments.',
          ),
          default: refusalAnswer(),
        },
      },
    },
  };
}

function answering(schema: z.ZodType, description: string) {
  return { description, content: { 'application/json': { schema: jsonSchema(schema) } } };
}

function taking(schema: z.ZodType) {
  const content = { 'application/json': { schema: jsonSchema(strict(schema).schema) } };
  return { required: true, content };
}
