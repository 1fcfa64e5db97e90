import type { InferRequestType } from 'hono/client';
import type { Label } from '../../../protocol/resources/label.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { labels } = api.admin;

type LabelRequest = InferRequestType<typeof labels.$post>['json'];

export async function listLabels(): Promise<Label[]> {
  const { items } = await callAsAgent((options) => labels.$get({}, options));
  return items;
}

/**
 * Creates a label if `id` is null, otherwise replaces it. 409 with the field `name` if it is taken.
 */
export function saveLabel(id: string | null, json: LabelRequest) {
  return id === null
    ? callAsAgent((options) => labels.$post({ json }, options))
    : callAsAgent((options) => labels[':id'].$put({ param: { id }, json }, options));
}

export async function removeLabel(id: string): Promise<void> {
  await callAsAgent((options) => labels[':id'].$delete({ param: { id } }, options));
}
