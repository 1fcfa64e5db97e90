import type { ClientRequestOptions } from 'hono/client';
import { RequestError, refusal, TIMEOUT } from '../../protocol/client/http.ts';
import { t } from '../texts/errors.ts';
import { refusalText } from '../texts/languages/speak.ts';
import { createApi } from './client.ts';

export { RequestError };

/** The Worker's routes, for a page of its own origin. */
export const api = createApi(`${location.origin}/api`);

const listeners = new Set<() => void>();

/**
 * Calls `listener` whenever the Worker answers that the caller is not signed in. Returns a function
 * that unsubscribes.
 */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Calls the listeners of `onSignedOut`: the agent's session has ended. */
export function reportSignedOut(): void {
  for (const listener of [...listeners]) listener();
}

type Answer<Body> = Pick<Response, 'ok' | 'status' | 'headers' | 'text'> & {
  json(): Promise<Body>;
};
type Call<Body> = (options: ClientRequestOptions) => Promise<Answer<Body>>;

/**
 * Makes a call of `api` and returns its body (`null` for an empty one), in the type that the route
 * declares. `cancel` aborts it. The body is not validated, since the Worker ships with this bundle.
 * Rejects with a `RequestError`.
 */
export async function call<Body>(make: Call<Body>, cancel?: AbortSignal): Promise<Body> {
  const timeout = AbortSignal.timeout(TIMEOUT);
  try {
    const signal = cancel ? AbortSignal.any([timeout, cancel]) : timeout;
    const response = await make({ init: { signal } });
    if (!response.ok) throw await refusal(response);
    return JSON.parse((await response.text()) || 'null');
  } catch (error) {
    if (error instanceof RequestError) throw error;
    throw timeout.aborted
      ? new RequestError(0, 'timeout', t.timeout)
      : new RequestError(0, 'network', t.network);
  }
}

/**
 * Like `call`, for routes that need a signed-in agent: reports a 401 to the listeners of
 * `onSignedOut`.
 */
export async function callAsAgent<Body>(make: Call<Body>, cancel?: AbortSignal): Promise<Body> {
  try {
    return await call(make, cancel);
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) reportSignedOut();
    throw error;
  }
}

/** A sentence in the agent's language that says why a request failed. */
export function describeError(error: unknown): string {
  if (!(error instanceof RequestError)) return t.unknown;
  return refusalText(error.code) ?? error.message;
}
