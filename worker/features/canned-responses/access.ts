import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                        nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/canned-responses         401      401       401     401 200       200  200  200   200 401
POST   /api/admin/canned-responses         403      403       403     401 201       403  403  403   201 403
PUT    /api/admin/canned-responses/:id     403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/canned-responses/:id     403      403       403     401 404       403  403  403   204 403
`,
  requests: {
    'POST /api/admin/canned-responses': () => ({ shortcut: crypto.randomUUID(), body: 'Hello' }),
    'PUT /api/admin/canned-responses/:id': () => ({ shortcut: crypto.randomUUID(), body: 'Hi' }),
    'DELETE /api/admin/canned-responses/:id': () => undefined,
  },
};
