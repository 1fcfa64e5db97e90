import { FILE_REFUSALS } from '../protocol/files.ts';
import type { ApiError, FieldReason } from '../protocol/resources.ts';

/** Every refusal that Foyer knows: its HTTP status and the sentence a person may read. */
export const ERRORS = {
  malformed_json: [400, 'The body is not valid JSON.'],
  validation_failed: [400, 'Some of what was sent is not right.'],
  file_empty: [400, FILE_REFUSALS.file_empty],
  file_program: [400, FILE_REFUSALS.file_program],
  unauthorized: [401, 'Sign in, or open a new session.'],
  session_expired: [401, 'This session has ended. Open a new one.'],
  forbidden: [403, 'This is not yours to do.'],
  origin_not_allowed: [403, 'This website may not use this widget.'],
  blocked: [403, 'This chat is not available to you.'],
  not_found: [404, 'There is nothing here.'],
  conflict: [409, 'This does not fit with what is there now.'],
  already_claimed: [409, 'Somebody else has this conversation.'],
  too_late: [409, 'This can no longer be changed.'],
  conversation_closed: [409, 'This conversation is closed.'],
  payload_too_large: [413, 'That is too large.'],
  rate_limited: [429, 'Too many requests. Wait a little and try again.'],
  internal: [500, 'Something went wrong on our side. Try again.'],
  files_unavailable: [503, 'Files cannot be sent here.'],
  unavailable: [503, 'This is not available right now. Try again shortly.'],
  // On sockets only; the status is what HTTP would say.
  malformed_frame: [400, 'The frame is not JSON that this protocol knows.'],
  unknown_type: [400, 'The frame is of an unknown type.'],
  frame_too_large: [413, 'The frame is too large.'],
} as const satisfies Record<string, readonly [number, string]>;

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
};

/** A refusal from the catalogue. Anything else that is thrown becomes `internal`. */
export class FoyerError extends Error {
  readonly code: ErrorCode;
  readonly fields: Record<string, string> | undefined;
  readonly reasons: Record<string, FieldReason> | undefined;
  readonly retryAfter: number | undefined;

  constructor(code: ErrorCode, details: Details = {}) {
    super(details.message ?? ERRORS[code][1]);
    this.name = 'FoyerError';
    this.code = code;
    this.fields = details.fields;
    this.reasons = details.reasons;
    this.retryAfter = details.retryAfter ?? DEFAULT_RETRY_AFTER[code];
  }

  get status(): number {
    return ERRORS[this.code][0];
  }

  toJSON(): ApiError {
    const { code, message, fields, reasons } = this;
    return { error: { code, message, ...(fields && { fields }), ...(reasons && { reasons }) } };
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
