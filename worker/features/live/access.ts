import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                            nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/conversations/:id/socket     403      403       403     401 404       403  404  101   101 403
GET    /api/admin/inbox/socket                 403      403       403     401 101       403  101  101   101 403
`,
};
