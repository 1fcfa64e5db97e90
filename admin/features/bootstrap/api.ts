import type { InferRequestType } from 'hono/client';
import { api, call } from '../../api/http.ts';

type Bootstrap = InferRequestType<typeof api.setup.$post>['json'];

/** Whether this installation waits for its first organization. */
export async function canBootstrap(): Promise<boolean> {
  return (await call((options) => api.setup.$get({}, options))).open;
}

/**
 * Creates the first organization and its owner. Fields of a refusal are named like `owner.email`.
 */
export async function createOrganization(json: Bootstrap): Promise<void> {
  await call((options) => api.setup.$post({ json }, options));
}
