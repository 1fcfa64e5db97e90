import { api, callAsAgent } from '../../api/http.ts';

/** How each part of the installation is; looked at anew with each call. */
export function getSystemHealth() {
  return callAsAgent((options) => api.admin.health.$get({}, options));
}
