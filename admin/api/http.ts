import { RequestError, type RequestOptions, request } from '../../protocol/client/http.ts';

export { RequestError };

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

/** Asks the dashboard's API, under `/api/admin`; see `request` for what it throws. */
export async function ask<Body>(path: string, options?: RequestOptions): Promise<Body> {
  try {
    return await request<Body>(`/api/admin/${path}`, options);
  } catch (error) {
    if (error instanceof RequestError && error.status === 401) reportSignedOut();
    throw error;
  }
}

/** `path?name=value…`, without the parameters that are null or empty. */
export function withQuery(path: string, parameters: Record<string, string | null>): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) if (value) query.set(name, value);
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** A sentence about why a request failed. */
export function describeError(error: unknown): string {
  return error instanceof RequestError ? error.message : 'Something went wrong. Try again.';
}
