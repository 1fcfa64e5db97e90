import type { InferRequestType } from 'hono/client';
import { api, call } from '../../api/http.ts';

type Bootstrap = InferRequestType<typeof api.setup.$post>['json'];

/** Makes the first organization and its owner; the refusal's fields are named `owner.email`. */
export async function createOrganization(json: Bootstrap): Promise<void> {
  await call((options) => api.setup.$post({ json }, options));
}
