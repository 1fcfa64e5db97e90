import { api, callAsAgent } from '../../api/http.ts';

/** A page of search results. */
export function search(q: string, cursor: string | null) {
  const query = { q, ...(cursor && { cursor }) };
  return callAsAgent((options) => api.admin.search.$get({ query }, options));
}
