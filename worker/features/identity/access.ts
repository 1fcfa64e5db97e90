import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                        nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/identity-secrets         401      401       401     401 200       403  403  403   200 401
POST   /api/admin/identity-secrets         403      403       403     401 201       403  403  403   201 403
DELETE /api/admin/identity-secrets/:id     403      403       403     401 404       403  403  403   204 403
`,
  requests: {
    'POST /api/admin/identity-secrets': () => undefined,
    'DELETE /api/admin/identity-secrets/:id': () => undefined,
  },
};
