import type { CannedResponse } from '../../../protocol/resources/canned-response.ts';
import { api, callAsAgent } from '../../api/http.ts';

const canned = api.admin['canned-responses'];

export async function listCannedResponses(): Promise<CannedResponse[]> {
  const { items } = await callAsAgent((options) => canned.$get({}, options));
  return items;
}

/**
 * Creates a response if `id` is null, otherwise replaces it. 409 with the field `shortcut` if it is
 * taken.
 */
export function saveCannedResponse(id: string | null, json: Omit<CannedResponse, 'id'>) {
  return id === null
    ? callAsAgent((options) => canned.$post({ json }, options))
    : callAsAgent((options) => canned[':id'].$put({ param: { id }, json }, options));
}

export async function removeCannedResponse(id: string): Promise<void> {
  await callAsAgent((options) => canned[':id'].$delete({ param: { id } }, options));
}
