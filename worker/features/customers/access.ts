import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                               nobody stranger foreigner expired gus elsewhere rita amos olive ada
PATCH  /api/widget/customer                       401      404       404     401 401       401  401  401   401 200
GET    /api/admin/customers                       401      401       401     401 200       200  200  200   200 401
GET    /api/admin/customers/:id                   401      401       401     401 404       200  404  200   200 401
PATCH  /api/admin/customers/:id                   403      403       403     401 404       403  404  200   200 403
GET    /api/admin/customers.csv                   401      401       401     401 200       403  403  403   200 401
POST   /api/admin/customers/:id/block             403      403       403     401 404       403  404  200   200 403
DELETE /api/admin/customers/:id/block             403      403       403     401 404       403  404  200   200 403
GET    /api/admin/customers/:id/conversations     401      401       401     401 404       200  404  200   200 401
GET    /api/admin/customers/:id/notes             401      401       401     401 404       200  404  200   200 401
POST   /api/admin/customers/:id/notes             403      403       403     401 404       403  404  201   201 403
DELETE /api/admin/customers/:id/notes/:note       403      403       403     401 404       403  404  204   204 403
`,
  requests: {
    'PATCH /api/widget/customer': () => ({ name: 'Ada' }),
    'PATCH /api/admin/customers/:id': () => ({ name: 'Ada' }),
    'POST /api/admin/customers/:id/block': () => undefined,
    'DELETE /api/admin/customers/:id/block': () => undefined,
    'POST /api/admin/customers/:id/notes': () => ({ body: 'Calls often' }),
    'DELETE /api/admin/customers/:id/notes/:note': () => undefined,
  },
};
