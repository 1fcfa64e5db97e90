import type { ApiError, FieldReason } from '../../protocol/error.ts';
import { FILE_REFUSALS } from '../../protocol/files.ts';

/**
 * Every refusal that Foyer knows: its HTTP status, the sentence a person may read, and what a
 * developer does about it. The answers hold the first sentence, /api/openapi.json holds both.
 */
export const ERRORS = {
  malformed_json: [
    400,
    'The body is not valid JSON.',
    'Send a body that parses as JSON, as UTF-8, with content-type application/json.',
  ],
  validation_failed: [
    400,
    "Something in the form isn't right.",
    'error.fields names each wrong field, query parameter or header with a sentence; error.reasons has the codes. Correct them before the next try.',
  ],
  file_empty: [
    400,
    FILE_REFUSALS.file_empty,
    'The upload had no bytes. Check that the body is the file itself and not a form.',
  ],
  file_program: [
    400,
    FILE_REFUSALS.file_program,
    'The name or the bytes of the file are those of a program. Repeating the request does not help.',
  ],
  unauthorized: [
    401,
    'Sign in, or open a new session.',
    'The cookie or token is missing, malformed or signed by another installation, or the password or code was wrong. Repeating the request does not help.',
  ],
  session_expired: [
    401,
    'This session has ended. Open a new one.',
    "The visitor's session token is past its time or was revoked. Open a session with POST /api/widget/sessions and repeat the request with its token.",
  ],
  forbidden: [
    403,
    "You don't have permission to do this.",
    'The caller is signed in, but their role does not allow this.',
  ],
  origin_not_allowed: [
    403,
    'This website may not use this widget.',
    "The Origin header is missing or not the one expected: the dashboard's own for agents, a website of the organization's list for visitors.",
  ],
  blocked: [
    403,
    'This chat is not available to you.',
    'The organization has blocked this visitor. A new session does not help.',
  ],
  human_check_required: [
    403,
    'Show that you are a person, then try again.',
    'Many new visitors come from this network, or the organization asks everybody. Solve a Cloudflare Turnstile challenge with the key in error.site_key, the action foyer and the visitor_id as cData; send its token to POST /api/widget/human-check; repeat the request with the session token of that answer.',
  ],
  not_found: [
    404,
    'Not found.',
    'The path, the method or the id is wrong, or the thing belongs to somebody else; the two look the same on purpose.',
  ],
  conflict: [
    409,
    'This conflicts with the current state. Reload and try again.',
    'The request is well formed, but the state has changed or a limit of the organization is reached. Read the resource again before the next try.',
  ],
  already_claimed: [
    409,
    'This conversation is assigned to somebody else.',
    'Another agent claimed the conversation first. Read it again to see who.',
  ],
  too_late: [
    409,
    'This can no longer be changed.',
    'Authors can change or remove a message only for a limited time, and that time is over.',
  ],
  conversation_closed: [
    409,
    'This conversation is closed.',
    'A closed conversation takes no messages. Start a new one.',
  ],
  payload_too_large: [
    413,
    'This is too large.',
    'The body or the file is above the limit. Send less; repeating the request does not help.',
  ],
  rate_limited: [
    429,
    'Too many requests. Wait a moment and try again.',
    'Wait for the seconds of the Retry-After header, then repeat the request with the same ids.',
  ],
  internal: [
    500,
    'Something went wrong on our side. Try again.',
    "A fault of the server; its log has the cause under the request's id. Repeat a message with the same id, so that it is not sent twice.",
  ],
  files_unavailable: [
    503,
    "This chat can't take files.",
    'The installation has no bucket for files (R2). The other routes work.',
  ],
  unavailable: [
    503,
    'This is not available right now. Try again shortly.',
    'The database, an object or the mail service does not answer. Wait for the seconds of the Retry-After header, then repeat the request with the same ids.',
  ],
  // On sockets only; the status is what HTTP would say.
  malformed_frame: [
    400,
    'The frame is not valid JSON.',
    'The frame is not text, not JSON, or has no field `type`. After several such frames in a row the socket is closed.',
  ],
  unknown_type: [
    400,
    'The frame is of an unknown type.',
    'The field type names no frame of this version of the protocol. After several such frames in a row the socket is closed.',
  ],
  frame_too_large: [
    413,
    'The frame is too large.',
    'The frame is above the limit of the protocol. Send less; after several such frames in a row the socket is closed.',
  ],
} as const satisfies Record<string, readonly [number, string, string]>;

export type ErrorCode = keyof typeof ERRORS;

type Details = {
  /** Replaces the catalogue's sentence; goes to the client, so it must be safe to show. */
  message?: string;
  /** Each wrong field's path and what is wrong with it. */
  fields?: Record<string, string>;
  /** The same as codes. */
  reasons?: Record<string, FieldReason>;
  /** Seconds, for 429 and 503. */
  retryAfter?: number;
  /** For human_check_required: the public key of the check. */
  siteKey?: string | undefined;
};

/** A refusal from the catalogue. Anything else that is thrown becomes `internal`. */
export class FoyerError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly reasons: Record<string, FieldReason> | undefined;
  readonly retryAfter: number | undefined;
  readonly siteKey: string | undefined;

  constructor(code: ErrorCode, details: Details = {}) {
    super(details.message ?? ERRORS[code][1]);
    this.name = 'FoyerError';
    this.code = code;
    this.fields = details.fields;
    this.reasons = details.reasons;
    this.retryAfter = details.retryAfter ?? DEFAULT_RETRY_AFTER[code];
    this.siteKey = details.siteKey;
  }

  get status(): number {
    return ERRORS[this.code][0];
  }

  toJSON(): ApiError {
    const { code, message, fields, reasons, siteKey: site_key } = this;
    const more = { ...(fields && { fields }), ...(reasons && { reasons }) };
    return { error: { code, message, ...more, ...(site_key && { site_key }) } };
  }
}

/** Seconds: the rate limits count in minutes, a database is usually back within seconds. */
const DEFAULT_RETRY_AFTER: Partial<Record<ErrorCode, number>> = {
  rate_limited: 10,
  unavailable: 5,
};

/** The refusal as an HTTP response. */
export function errorResponse(error: FoyerError): Response {
  const headers = new Headers({ 'content-type': 'application/json' });
  if (error.retryAfter !== undefined) headers.set('retry-after', String(error.retryAfter));
  return new Response(JSON.stringify(error), { status: error.status, headers });
}
