import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                  nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/settings           401      401       401     401 200       403  403  403   200 401
PATCH  /api/admin/settings          403      403       403     401 200       403  403  403   200 403
PATCH  /api/admin/organization       403      403       403     401 200       403  403  403   200 403
DELETE /api/admin/settings/seen     403      403       403     401 204       403  403  403   204 403
`,
  requests: {
    'PATCH /api/admin/settings': () => ({ greeting: crypto.randomUUID() }),
    'PATCH /api/admin/organization': () => ({ slug: `n${crypto.randomUUID()}` }),
    'DELETE /api/admin/settings/seen': () => undefined,
  },
};
