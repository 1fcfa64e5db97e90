import { jobKind } from '../../../protocol/resources/job.ts';
import { ERRORS } from '../errors.ts';
import { isProblemCode, type ProblemCode } from '../problems.ts';

/**
 * What a log line may hold. Every key is listed here with the shape of its value: an id, a word from
 * a list, a number, or the name of something in our own source. A value of another shape is written
 * as `unfit`, so that a text, a name, an address, a token or a hash cannot reach the log even where
 * somebody hands one over by mistake.
 */

/** What can happen. The runbook goes by these names. */
export const EVENTS = [
  'request_done',
  'request_slow',
  'request_failed',
  'request_refused',
  'origin_refused',
  'conversation_failed',
  'inbox_failed',
  'projection_failed',
  'projection_set_aside',
  'projection_restored',
  'indexing_failed',
  'indexing_set_aside',
  'mail_failed',
  'mail_sent',
  'file_not_deleted',
  'presence_unknown',
  'sighting_not_noted',
  'release_incomplete',
  'policy_incomplete',
  'presence_unrecorded',
  'job_failed',
  'job_done',
  'message_unheard',
  'message_refused',
  'socket_closed',
  'outage_began',
  'outage_continues',
  'outage_ended',
  'misconfigured',
  'auth_failed',
  'human_check_refused',
] as const;
export type LogEvent = (typeof EVENTS)[number];

/** What Foyer depends on and may lose. */
const SERVICES = [
  'database',
  'inbox',
  'search',
  'mail',
  'files',
  'objects',
  'human_check',
] as const;
export type Service = (typeof SERVICES)[number];

const JOBS = ['sweep_rows', 'sweep_files', ...jobKind.options] as const;

/** The mails that Foyer sends. */
const MAILS = [
  'account_notice',
  'address',
  'address_changed',
  'invitation',
  'password',
  'sign_in',
  'transcript',
] as const;
export type MailKind = (typeof MAILS)[number];

const REASONS = [
  // Why a website may not use a widget: what its origin lacks beside the allowed ones.
  'no_origin',
  'other_scheme',
  'other_port',
  'other_subdomain',
  'not_listed',
  // Why a human check does not count.
  'check_invalid',
  'check_used',
  'check_of_other_host',
  'check_of_other_action',
  'check_of_other_visitor',
  // Why a row cannot be written.
  'refused_by_database',
  'organization_missing',
  'department_missing',
  'another_open',
] as const;
export type LogReason = (typeof REASONS)[number];

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** Cloudflare's `cf-ray`, or a UUID of our own. */
export const REQUEST_ID =
  /^(?:[0-9a-f]{16}(?:-[A-Z]{3})?|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/;
/** A method and a pattern of our router, with the names and not the values of its parameters. */
const route = /^[A-Z]{3,7} \/(?:[\w.*-]+|:\w+(?:\{[^{}]*\})?|\/)*$/;
/** Words of our source: an error's code, a class. */
const word = /^[A-Za-z_$][\w$]{0,59}$/;
/** SQLSTATE, SQLite's names, errno, `r2_10001`. */
const code =
  /^(?:[0-9A-Z]{5}|SQLITE_[A-Z_]{2,30}|E[A-Z]{3,15}|E(?:RR)?_[A-Z_]{2,50}|r2_\d{5}|[a-z][a-z0-9_]{1,40})$/;
/** `update conversations`, several with commas between them. */
const query =
  /^(?:select|insert|update|delete|with|other) [a-z_]{1,40}(?:, (?:select|insert|update|delete|with|other) [a-z_]{1,40}){0,40}$/;
/** Functions and lines of our source: `project store.ts:48 < settle projector.ts:120`. */
const where =
  /^[\w$#.<>]{1,80} [\w.-]{1,60}:\d{1,7}(?: < [\w$#.<>]{1,80} [\w.-]{1,60}:\d{1,7}){0,3}$/;

type Shape = (value: unknown) => boolean;

const text =
  (pattern: RegExp): Shape =>
  (value) =>
    typeof value === 'string' && value.length <= 2_000 && pattern.test(value);
const number: Shape = (value) => typeof value === 'number' && Number.isFinite(value);
const flag: Shape = (value) => typeof value === 'boolean';
const oneOf =
  (words: readonly string[]): Shape =>
  (value) =>
    typeof value === 'string' && words.includes(value);

/** What a caller may say. Ids name a row or an object; none of them opens anything (P5). */
export type LogFields = {
  organization?: string | undefined;
  conversation?: string | undefined;
  customer?: string | undefined;
  user?: string | undefined;
  department?: string | undefined;
  label?: string | undefined;
  /** The request's id, which its answer bears in `x-request-id`. */
  request?: string | undefined;
  /** `POST /api/widget/conversations/:id/messages` */
  route?: string | undefined;
  role?: 'visitor' | 'agent' | 'bot' | 'api_key' | 'system' | undefined;
  status?: number | undefined;
  /** The catalogue's code (errors.ts). */
  refusal?: string | undefined;
  reason?: LogReason | undefined;
  /** What is wrong with the configuration (problems.ts). */
  reasons?: readonly ProblemCode[] | undefined;
  service?: Service | undefined;
  job?: (typeof JOBS)[number] | undefined;
  mail?: MailKind | undefined;
  /** The method of an object that was called. */
  method?: string | undefined;
  seq?: number | undefined;
  version?: number | undefined;
  /** A column of ours. */
  column?: string | undefined;
  count?: number | undefined;
  failures?: number | undefined;
  close_code?: number | undefined;
  duration_ms?: number | undefined;
  /** How long an outage has lasted. */
  seconds?: number | undefined;
  outcome?: 'done' | 'failed' | 'retried' | 'set_aside' | 'given_up' | undefined;
};

/** The description of an error: see log-error.ts. */
export type ErrorFields = {
  error?: string;
  cause?: string;
  code?: string;
  query?: string;
  constraint?: string;
  where?: string;
  remote?: boolean;
};

export const SHAPES: Record<keyof LogFields | keyof ErrorFields, Shape> = {
  organization: text(uuid),
  conversation: text(uuid),
  customer: text(uuid),
  user: text(uuid),
  department: text(uuid),
  label: text(uuid),
  request: text(REQUEST_ID),
  route: text(route),
  role: oneOf(['visitor', 'agent', 'bot', 'api_key', 'system']),
  status: number,
  refusal: oneOf(Object.keys(ERRORS)),
  reason: oneOf(REASONS),
  reasons: (value) =>
    Array.isArray(value) && value.every((code) => typeof code === 'string' && isProblemCode(code)),
  service: oneOf(SERVICES),
  job: oneOf(JOBS),
  mail: oneOf(MAILS),
  method: text(/^[A-Za-z]{1,30}$/),
  seq: number,
  version: number,
  column: text(/^[a-z_]{1,40}$/),
  count: number,
  failures: number,
  close_code: number,
  duration_ms: number,
  seconds: number,
  outcome: oneOf(['done', 'failed', 'retried', 'set_aside', 'given_up']),
  error: text(word),
  cause: text(word),
  code: text(code),
  query: text(query),
  constraint: text(/^[a-z_]{1,60}$/),
  where: text(where),
  remote: flag,
};
