import { api, callAsAgent } from '../../api/http.ts';

/** The health of each part of the installation, checked with each call. */
export function getSystemHealth() {
  return callAsAgent((options) => api.admin.health.$get({}, options));
}
