import type { InferRequestType, InferResponseType } from 'hono/client';
import { request } from '../../../protocol/client/http.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** The signed-in agent and their organization. */
export type Me = InferResponseType<typeof api.admin.me.$get>;

export function getMe(): Promise<Me> {
  return callAsAgent((options) => api.admin.me.$get({}, options));
}

type MeChange = InferRequestType<typeof api.admin.me.$patch>['json'];

export function changeMe(json: MeChange): Promise<Me> {
  return callAsAgent((options) => api.admin.me.$patch({ json }, options));
}

export async function signOut(): Promise<void> {
  await request('/api/auth/sign-out', { method: 'POST', body: {} });
}
