import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                 nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/jobs              401      401       401     401 200       403  403  403   200 401
POST   /api/admin/jobs              403      403       403     401 201       403  403  403   201 403
POST   /api/admin/jobs/:id/cancel   403      403       403     401 404       403  403  403   404 403
POST   /api/admin/jobs/:id/resume   403      403       403     401 404       403  403  403   404 403
GET    /api/operator/organizations  401      401       401     401 401       401  401  401   401 401
GET    /api/operator/jobs           401      401       401     401 401       401  401  401   401 401
POST   /api/operator/jobs           401      401       401     401 401       401  401  401   401 401
`,
  requests: {
    'POST /api/admin/jobs': () => ({ kind: 'rebuild' }),
    'POST /api/admin/jobs/:id/cancel': () => undefined,
    'POST /api/admin/jobs/:id/resume': () => undefined,
    'POST /api/operator/jobs': () => ({ kind: 'rebuild', organization: 'acme' }),
  },
  queries: { 'GET /api/operator/jobs': '?organization=acme' },
};
