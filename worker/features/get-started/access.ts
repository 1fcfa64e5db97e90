import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                          nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/get-started                401      401       401     401 200       403  403  403   200 401
GET    /api/admin/get-started/test-chat      401      401       401     401 302       403  403  403   302 401
`,
};
