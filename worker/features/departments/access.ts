import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                     nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/departments           401      401       401     401 200       200  200  200   200 401
POST   /api/admin/departments           403      403       403     401 201       403  403  403   201 403
PUT    /api/admin/departments/order     403      403       403     401 400       403  403  403   200 403
PATCH  /api/admin/departments/:id       403      403       403     401 404       403  403  403   200 403
`,
  requests: {
    'POST /api/admin/departments': () => ({ name: 'Returns' }),
    'PUT /api/admin/departments/order': ({ acme }) => ({ ids: [acme.billing, acme.sales] }),
    'PATCH /api/admin/departments/:id': () => ({ description: crypto.randomUUID() }),
  },
};
