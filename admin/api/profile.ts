import type { InferRequestType } from 'hono/client';
import { api, callAsAgent } from './http.ts';
import type { Me } from './session.ts';

/** What an agent changes of themselves. */

const { me } = api.admin;

export type MeChange = InferRequestType<typeof me.$patch>['json'];

export function changeMe(json: MeChange): Promise<Me> {
  return callAsAgent((options) => me.$patch({ json }, options));
}
