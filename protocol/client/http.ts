import { isObject } from './frames.ts';

/** Milliseconds until a request without an answer counts as lost. */
export const TIMEOUT = 15_000;

/**
 * A request that was refused or never answered. `status` 0 means that no answer came, with the
 * code `network` or `timeout`; otherwise `code` and `message` are the Worker's.
 */
export class RequestError extends Error {
  declare readonly status: number;
  declare readonly code: string;
  /** What is wrong with each field, as `preChatData.field_1`. */
  declare readonly fields: Record<string, string> | undefined;
  /** The same as codes (`FieldReason`), for the fields that have one. */
  declare readonly reasons: Record<string, string> | undefined;
  /** Seconds to wait before asking again. */
  declare readonly retryAfter: number | undefined;
  /** The refusal as it came, unchecked: for what only lazy parts read. */
  declare readonly details: Record<string, unknown> | undefined;

  constructor(
    status: number,
    code: string,
    message: string,
    more: {
      fields?: Record<string, string> | undefined;
      reasons?: Record<string, string> | undefined;
      retryAfter?: number | undefined;
      details?: Record<string, unknown> | undefined;
    } = {},
  ) {
    super(message);
    Object.assign(this, { name: 'RequestError', status, code, ...more });
  }
}

export type RequestOptions = {
  method?: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
  headers?: Record<string, string>;
  signal?: AbortSignal;
};

function seconds(header: string | null): number | undefined {
  const value = Number(header ?? Number.NaN);
  return value >= 0 ? value : undefined;
}

function isFields(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

const fieldsOf = (value: unknown) => (isFields(value) ? value : undefined);

/** The Worker's refusal. */
export async function refusal(
  response: Pick<Response, 'status' | 'headers' | 'json'>,
): Promise<RequestError> {
  const body: unknown = await response.json().catch(() => null);
  const error = isObject(body) && isObject(body.error) ? body.error : {};
  return new RequestError(
    response.status,
    typeof error.code === 'string' ? error.code : `http_${response.status}`,
    typeof error.message === 'string' ? error.message : 'The request was refused.',
    {
      fields: fieldsOf(error.fields),
      reasons: fieldsOf(error.reasons),
      retryAfter: seconds(response.headers.get('retry-after')),
      details: error,
    },
  );
}

/**
 * Asks the Worker and returns its JSON (`null` for an empty answer). The answer's shape is taken as `Body`
 * unseen: the Worker that answers ships with the bundle that asks. Rejects with a `RequestError`;
 * when the caller's own `signal` aborts, with its reason.
 */
export async function request<Body>(path: string, options: RequestOptions = {}): Promise<Body> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  try {
    const response = await fetch(path, {
      method: options.method ?? 'GET',
      headers: {
        ...(options.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...options.headers,
      },
      body: options.body === undefined ? null : JSON.stringify(options.body),
      signal: options.signal ? AbortSignal.any([options.signal, timeout]) : timeout,
    });
    if (!response.ok) throw await refusal(response);
    return JSON.parse((await response.text()) || 'null');
  } catch (error) {
    if (error instanceof RequestError) throw error;
    options.signal?.throwIfAborted();
    const code = timeout.aborted ? 'timeout' : 'network';
    throw new RequestError(0, code, 'The server did not answer.');
  }
}
