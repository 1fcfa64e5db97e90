import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                             nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/views         401      401       401     401 200       200  200  200   200 401
POST   /api/admin/views         403      403       403     401 201       403  201  201   201 403
PATCH  /api/admin/views/:id     403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/views/:id     403      403       403     401 404       403  403  403   204 403
`,
  requests: {
    'POST /api/admin/views': () => ({ name: 'Urgent', query: { status: 'open' } }),
    'PATCH /api/admin/views/:id': () => ({ name: crypto.randomUUID() }),
    'DELETE /api/admin/views/:id': () => undefined,
  },
};
