import type { AccessPart } from '../../test/access/part.ts';

/** Who gets what here; `worker/test/access/access.worker.test.ts` holds it. */
export const access: AccessPart = {
  rows: `
                          nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/health           200      200       200     200 200       200  200  200   200 200
GET    /api/admin/health     401      401       401     401 200       403  403  403   200 401
`,
};
