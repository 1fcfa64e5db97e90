import { MIN_SECRET_LENGTH } from './secret.ts';

/**
 * Everything that can be wrong with an installation's configuration, by its code: how bad it is, what
 * it is, and what to do. Health, the dashboard's System page, the log and `npm run doctor` use these
 * codes and sentences. None of them holds a value of the configuration.
 */

/**
 * - `error`: Foyer refuses what needs it, and is not well
 * - `warning`: Foyer runs, and something does not work as it was meant
 * - `off`: a part that an installation may do without
 */
export type Level = 'error' | 'warning' | 'off';

type Problem = readonly [level: Level, sentence: string, todo: string];

const SECRET_TODO =
  'Run `npm run deploy`, which makes one, or `npx wrangler secret put FOYER_SECRET --config wrangler.deploy.json` with 32 random bytes from `openssl rand -base64 32`.';
const BINDINGS_TODO =
  'Deploy with `npm run deploy`, which binds all that wrangler.toml names, or add it to your own configuration.';

export const PROBLEMS = {
  secret_missing: ['error', 'FOYER_SECRET is missing.', SECRET_TODO],
  secret_short: [
    'error',
    `FOYER_SECRET is shorter than ${MIN_SECRET_LENGTH} characters.`,
    SECRET_TODO,
  ],
  no_database: [
    'error',
    'Foyer has no database: wrangler.toml must bind DB (D1) or HYPERDRIVE (Postgres).',
    'Run `npm run deploy`. After `npm run deploy -- --pause` this ends the pause.',
  ],
  two_databases: [
    'error',
    'Foyer has two databases: wrangler.toml may bind DB (D1) or HYPERDRIVE (Postgres), not both.',
    'Remove the binding that is not in use, and deploy.',
  ],
  objects_missing: [
    'error',
    'A binding of the Durable Objects is missing: CONVERSATIONS or INBOXES.',
    BINDINGS_TODO,
  ],
  limits_missing: [
    'error',
    'A rate limit is missing: ADDRESS_LIMIT, VISITOR_LIMIT, ATTEMPT_LIMIT or MAIL_LIMIT.',
    BINDINGS_TODO,
  ],
  assets_missing: [
    'warning',
    'The binding ASSETS is missing, so the dashboard and the widget cannot be served.',
    BINDINGS_TODO,
  ],
  jobs_missing: [
    'warning',
    'The binding JOBS is missing, so long work such as rebuilding the database cannot run.',
    BINDINGS_TODO,
  ],
  secret_weak: [
    'warning',
    'FOYER_SECRET repeats a few characters, so it can be guessed.',
    'Set one of 32 random bytes. After that every agent must sign in again, and every visitor counts as new.',
  ],
  mail_sender_invalid: [
    'warning',
    'FOYER_EMAIL_FROM is not an e-mail address, so no mail can be sent.',
    'Run `npm run deploy -- --email-from chat@example.com` with an address of your domain.',
  ],
  mail_binding_missing: [
    'warning',
    'FOYER_EMAIL_FROM names a sender, but the binding EMAIL is missing, so no mail is sent.',
    BINDINGS_TODO,
  ],
  public_url_missing: [
    'warning',
    'FOYER_PUBLIC_URL is missing, so no mail with a link is sent.',
    'Run `npm run deploy`, which sets it, or set it to the address of this installation, such as https://chat.example.com.',
  ],
  public_url_invalid: [
    'warning',
    'FOYER_PUBLIC_URL is not an https address without a path, so no mail with a link is sent.',
    'Set it to the address of this installation, such as https://chat.example.com, and deploy.',
  ],
  quotas_invalid: [
    'warning',
    'FOYER_QUOTAS cannot be read, so the default quotas apply.',
    'It must be JSON with the names and numbers of docs/security.md, or `off`.',
  ],
  human_check_incomplete: [
    'warning',
    'One of the two keys of the human check is missing, so the check is off.',
    'Set both FOYER_TURNSTILE_SITE_KEY and FOYER_TURNSTILE_SECRET, or neither (docs/deploy.md, “The human check”).',
  ],
  human_check_for_tests: [
    'warning',
    'FOYER_TURNSTILE_SECRET is one of Cloudflare’s keys for tests, whose result does not depend on who solves the check.',
    'Set the keys of a Turnstile widget of your own (docs/deploy.md, “The human check”).',
  ],
  human_check_secret_refused: [
    'warning',
    'Turnstile does not know FOYER_TURNSTILE_SECRET, so nobody passes the human check.',
    'Set the secret key of the widget that FOYER_TURNSTILE_SITE_KEY names.',
  ],
  location_invalid: [
    'warning',
    'FOYER_LOCATION is not a location that Cloudflare offers, so an organization’s object is created near its first visitor or agent.',
    'Set the location of the database, for example weur or enam.',
  ],
  log_every_invalid: [
    'warning',
    'FOYER_LOG_EVERY is not a whole number, so one in a hundred requests that went well is logged.',
    'Set it to a number such as 100, or to 0 for none.',
  ],
  setup_code_short: [
    'warning',
    'FOYER_SETUP_CODE is shorter than 16 characters, so it can be guessed.',
    'Set a longer one. Whoever knows it can create the first owner.',
  ],
  probe_token_short: [
    'warning',
    `FOYER_PROBE_TOKEN is shorter than ${MIN_SECRET_LENGTH} characters, so it is not accepted.`,
    'Set 32 random bytes, as `openssl rand -base64 32` makes them.',
  ],
  operator_token_short: [
    'warning',
    `FOYER_OPERATOR_TOKEN is shorter than ${MIN_SECRET_LENGTH} characters, so it is not accepted.`,
    'Set 32 random bytes, as `openssl rand -base64 32` makes them.',
  ],
  setup_code_left: [
    'warning',
    'FOYER_SETUP_CODE is still set, although the first owner exists.',
    'Run `npm run deploy`, or `npx wrangler secret delete FOYER_SETUP_CODE --config wrangler.deploy.json`.',
  ],
  unknown_setting: [
    'warning',
    'A variable begins with FOYER_ and is unknown to Foyer, so it has no effect.',
    'Compare the names of your variables with docs/deploy.md.',
  ],
  files_off: [
    'off',
    'No bucket is bound to FILES, so no files can be sent in conversations.',
    'Switch on R2 in Cloudflare’s dashboard, remove `"bucket": false` from foyer.config.json, and run `npm run deploy`.',
  ],
  mail_off: [
    'off',
    'FOYER_EMAIL_FROM is not set, so no e-mail is sent. Invitations and password links must be passed on by hand.',
    'Run `npm run deploy -- --email-from chat@example.com` with an address of your domain (docs/deploy.md, “E-mail”).',
  ],
} as const satisfies Record<string, Problem>;

export type ProblemCode = keyof typeof PROBLEMS;

const CODES = new Set<string>(Object.keys(PROBLEMS));

/** Whether a text is the code of a problem. */
export function isProblemCode(text: string): text is ProblemCode {
  return CODES.has(text);
}

export function levelOf(code: ProblemCode): Level {
  return PROBLEMS[code][0];
}
