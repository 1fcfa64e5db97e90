import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                              nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/labels         401      401       401     401 200       200  200  200   200 401
POST   /api/admin/labels         403      403       403     401 201       403  403  403   201 403
PUT    /api/admin/labels/:id     403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/labels/:id     403      403       403     401 404       403  403  403   204 403
`,
  requests: {
    'POST /api/admin/labels': () => ({ name: crypto.randomUUID(), color: '#aa3300' }),
    'PUT /api/admin/labels/:id': () => ({ name: crypto.randomUUID(), color: '#aa3300' }),
    'DELETE /api/admin/labels/:id': () => undefined,
  },
};
