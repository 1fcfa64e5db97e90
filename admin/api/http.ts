import type { ClientRequestOptions } from 'hono/client';
import { RequestError, refusal, TIMEOUT } from '../../protocol/client/http.ts';
import { createApi } from './client.ts';

export { RequestError };

/** The Worker's routes, for a page of its own origin. */
export const api = createApi(`${location.origin}/api`);

const listeners = new Set<() => void>();

/** Calls `listener` whenever the Worker says that nobody is signed in; returns how to stop. */
export function onSignedOut(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells everyone who listens that the agent's session has ended. */
export function reportSignedOut(): void {
  for (const listener of [...listeners]) listener();
}

type Answer<Body> = Pick<Response, 'ok' | 'status' | 'headers' | 'text'> & {
  json(): Promise<Body>;
};
type Call<Body> = (options: ClientRequestOptions) => Promise<Answer<Body>>;

/**
 * Makes a call of `api` and returns its body (`null` for an empty one), in the type that the route
 * declares; `cancel` ends it early. The shape is taken unseen: the Worker that answers ships with the bundle that asks. Rejects with a
 * `RequestError`.
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
      ? new RequestError(0, 'timeout', 'The server took too long to respond.')
      : new RequestError(0, 'network', 'Couldn’t reach the server.');
  }
}

/** As `call`, for what only an agent may ask: the refusal of anyone else is reported. */
export async function callAsAgent<Body>(make: Call<Body>, cancel?: AbortSignal): Promise<Body> {
  try {
    return await call(make, cancel);
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) reportSignedOut();
    throw error;
  }
}

/** A sentence about why a request failed. */
export function describeError(error: unknown): string {
  return error instanceof RequestError ? error.message : 'Something went wrong. Try again.';
}
