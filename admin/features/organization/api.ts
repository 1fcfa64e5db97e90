import type { InferRequestType } from 'hono/client';
import { api, callAsAgent } from '../../api/http.ts';

const { organization } = api.admin;

type OrganizationChange = InferRequestType<typeof organization.$patch>['json'];

/** 409 with the field `slug` if another organization has the short name. */
export async function changeOrganization(json: OrganizationChange) {
  const changed = await callAsAgent((options) => organization.$patch({ json }, options));
  return changed.organization;
}
