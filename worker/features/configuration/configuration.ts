import { z } from 'zod';
import { isEmail } from '../../../protocol/text/email.ts';
import { databaseProblem } from '../../database/bindings.ts';
import type { Env } from '../../env.ts';
import { configuredOrigin } from '../../http/headers/public-url.ts';
import { readLocation } from '../../kernel/location.ts';
import { isProblemCode, levelOf, PROBLEMS, type ProblemCode } from '../../kernel/problems.ts';
import { isSecret, MIN_SECRET_LENGTH } from '../../kernel/secret.ts';
import { humanCheckOf, isHalfConfigured } from '../human-check/config.ts';
import { areQuotasValid } from '../quotas/quotas.ts';

/** What can be said of an installation's configuration without asking anything but itself. */

/** Characters of a setup code; `npm run deploy` makes longer ones. */
const MIN_CODE_LENGTH = 16;

/** A random secret has more: 32 hexadecimal digits about 14, 32 characters of base64 about 25. */
const MIN_DIFFERENT_CHARACTERS = 8;

/** The codes as zod's messages. */
const says = (error: ProblemCode, abort = false) => ({ error, abort });

const variable = z.string().trim();

const binding = (code: ProblemCode) =>
  z.custom<NonNullable<unknown>>((value) => value !== undefined && value !== null, says(code));

/** Each variable and binding by itself. The message of an issue is the code of a problem. */
const schema = z.object({
  FOYER_SECRET: z
    .string(says('secret_missing'))
    .min(1, says('secret_missing', true))
    .min(MIN_SECRET_LENGTH, says('secret_short', true))
    .refine((secret) => new Set(secret).size >= MIN_DIFFERENT_CHARACTERS, says('secret_weak')),
  FOYER_EMAIL_FROM: variable
    .refine((sender) => sender === '' || isEmail(sender), says('mail_sender_invalid'))
    .optional(),
  FOYER_SETUP_CODE: variable
    .refine((code) => code === '' || code.length >= MIN_CODE_LENGTH, says('setup_code_short'))
    .optional(),
  FOYER_PROBE_TOKEN: variable
    .refine((token) => token === '' || isSecret(token), says('probe_token_short'))
    .optional(),
  FOYER_OPERATOR_TOKEN: variable
    .refine((token) => token === '' || isSecret(token), says('operator_token_short'))
    .optional(),
  FOYER_LOG_EVERY: variable
    .refine((every) => /^\d{0,9}$/.test(every), says('log_every_invalid'))
    .optional(),
  FOYER_LOCATION: variable
    .refine((name) => name === '' || readLocation(name), says('location_invalid'))
    .optional(),
  FOYER_PUBLIC_URL: variable.optional(),
  FOYER_QUOTAS: variable
    .refine((quotas) => areQuotasValid({ FOYER_QUOTAS: quotas }), says('quotas_invalid'))
    .optional(),
  FOYER_TURNSTILE_SITE_KEY: variable.optional(),
  FOYER_TURNSTILE_SECRET: variable.optional(),
  CONVERSATIONS: binding('objects_missing'),
  INBOXES: binding('objects_missing'),
  ADDRESS_LIMIT: binding('limits_missing'),
  VISITOR_LIMIT: binding('limits_missing'),
  ATTEMPT_LIMIT: binding('limits_missing'),
  MAIL_LIMIT: binding('limits_missing'),
  ASSETS: binding('assets_missing'),
});

/** Variables of the tests: one repeats a run, the other leads to a stand-in. */
const OF_TESTS = ['FOYER_SEED', 'FOYER_TURNSTILE_SITEVERIFY'];

/**
 * Finds everything that is missing or doubtful.
 *
 * @param env the bindings as they are, whatever their type promises
 * @param isLocal whether requests come to this machine itself, so that they say where Foyer is
 * @returns codes in the catalogue's order, the worst first, each once
 */
export function findProblems(env: Env, isLocal: boolean): ProblemCode[] {
  const problems = new Set<string>([
    ...(schema.safeParse(env).error?.issues.map(({ message }) => message) ?? []),
    ...together(env, isLocal),
  ]);
  return codes.filter((code) => problems.has(code));
}

const order = { error: 0, warning: 1, off: 2 };
const codes = Object.keys(PROBLEMS)
  .filter(isProblemCode)
  .sort((a, b) => order[levelOf(a)] - order[levelOf(b)]);

/** What several of them are wrong about. */
function together(env: Env, isLocal: boolean): ProblemCode[] {
  const { EMAIL, FILES, FOYER_EMAIL_FROM, FOYER_PUBLIC_URL, JOBS } = env;
  const sender = Boolean(FOYER_EMAIL_FROM);
  const database = databaseProblem(env);
  return [
    ...(database ? [database] : []),
    ...flag('files_off', !FILES),
    ...flag('jobs_missing', !JOBS),
    ...flag('mail_off', !sender),
    ...flag('mail_binding_missing', sender && !EMAIL),
    ...flag('public_url_missing', sender && !FOYER_PUBLIC_URL && !isLocal),
    ...flag('public_url_invalid', Boolean(FOYER_PUBLIC_URL) && configuredOrigin(env) === null),
    ...flag('human_check_incomplete', isHalfConfigured(env)),
    ...flag('human_check_for_tests', humanCheckOf(env)?.is_test === true),
    ...flag('unknown_setting', unknownSettings(env).length > 0),
  ];
}

const flag = (code: ProblemCode, isSo: boolean): ProblemCode[] => (isSo ? [code] : []);

/** The names of variables that look like ours and are none: misspelt, or of another version. */
export function unknownSettings(env: object): string[] {
  const knownNames = [...Object.keys(schema.shape), ...OF_TESTS];
  return Object.keys(env).filter((name) => name.startsWith('FOYER_') && !knownNames.includes(name));
}
