import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                         nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/customers/:id/entries     401      401       401     401 404       200  404  200   200 401
`,
};
