import type { AccessPart } from '../../test/access/part.ts';

const edit = () => ({ id: crypto.randomUUID(), body: 'Edited' });

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                                    nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/widget/conversations/:id/socket            401      404       404     401 401       401  401  401   401 101
GET    /api/widget/conversations/:id/messages          401      404       404     401 401       401  401  401   401 200
POST   /api/widget/conversations/:id/messages          401      404       404     401 401       401  401  401   401 201
PATCH  /api/widget/conversations/:id/messages/:seq     401      404       404     401 401       401  401  401   401 200
DELETE /api/widget/conversations/:id/messages/:seq     401      404       404     401 401       401  401  401   401 200
PUT    /api/widget/conversations/:id/rating            401      404       404     401 401       401  401  401   401 204
POST   /api/widget/conversations                       401      201       404     401 401       401  401  401   401 200
GET    /api/widget/conversations                       401      200       200     401 401       401  401  401   401 200
GET    /api/widget/conversations/:id                   401      404       404     401 401       401  401  401   401 200
POST   /api/widget/conversations/:id/close             401      404       404     401 401       401  401  401   401 200
GET    /api/admin/conversations/:id/messages           401      401       401     401 404       200  404  200   200 401
POST   /api/admin/conversations/:id/messages           403      403       403     401 404       403  404  201   201 403
PATCH  /api/admin/conversations/:id/messages/:seq      403      403       403     401 404       403  404  200   403 403
DELETE /api/admin/conversations/:id/messages/:seq      403      403       403     401 404       403  404  200   403 403
GET    /api/admin/conversations                        401      401       401     401 200       200  200  200   200 401
GET    /api/admin/conversations/counts                 401      401       401     401 200       200  200  200   200 401
GET    /api/admin/conversations/:id                    401      401       401     401 404       200  404  200   200 401
PATCH  /api/admin/conversations/:id                    403      403       403     401 404       403  404  200   200 403
POST   /api/admin/conversations/bulk                   403      403       403     401 200       403  200  200   200 403
POST   /api/admin/conversations/:id/claim              403      403       403     401 404       403  404  200   200 403
`,
  requests: {
    'POST /api/widget/conversations/:id/messages': () => ({
      id: crypto.randomUUID(),
      body: 'Hello',
    }),
    'PATCH /api/widget/conversations/:id/messages/:seq': edit,
    'DELETE /api/widget/conversations/:id/messages/:seq': () => undefined,
    'PUT /api/widget/conversations/:id/rating': () => ({ score: 5, comment: 'Quick!' }),
    'POST /api/widget/conversations': ({ acme }) => ({ departmentId: acme.billing }),
    'POST /api/widget/conversations/:id/close': () => undefined,
    'POST /api/admin/conversations/:id/messages': () => ({
      id: crypto.randomUUID(),
      body: 'Hello',
    }),
    'PATCH /api/admin/conversations/:id/messages/:seq': edit,
    'DELETE /api/admin/conversations/:id/messages/:seq': () => undefined,
    'PATCH /api/admin/conversations/:id': () => ({ priority: 'high' }),
    'POST /api/admin/conversations/bulk': () => ({
      ids: [crypto.randomUUID()],
      change: { priority: 'high' },
    }),
    'POST /api/admin/conversations/:id/claim': () => undefined,
  },
};
