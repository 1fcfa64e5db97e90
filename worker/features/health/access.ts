import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                          nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/health           200      200       200     200 200       200  200  200   200 200
GET    /api/admin/health     401      401       401     401 200       403  403  403   200 401
`,
};
