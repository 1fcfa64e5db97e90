import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                                 nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/widget/conversations/:id/files          401      404       404     401 401       401  401  401   401 201
GET    /api/widget/conversations/:id/files/:seq     401      404       404     401 401       401  401  401   401 404
POST   /api/admin/conversations/:id/files           403      403       403     401 404       403  404  201   201 403
GET    /api/admin/conversations/:id/files/:seq      401      401       401     401 404       404  404  404   404 401
GET    /files/:token                                404      404       404     404 404       404  404  404   404 404
`,
  requests: {
    'POST /api/widget/conversations/:id/files': () => 'some text',
    'POST /api/admin/conversations/:id/files': () => 'some text',
  },
};
