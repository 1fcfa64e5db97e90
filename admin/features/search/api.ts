import { api, callAsAgent } from '../../api/http.ts';

/** A page of what a search finds. */
export function search(q: string, cursor: string | null) {
  const query = { q, ...(cursor && { cursor }) };
  return callAsAgent((options) => api.admin.search.$get({ query }, options));
}
