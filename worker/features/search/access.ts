import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                          nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/search     401      401       401     401 200       200  200  200   200 401
`,
  queries: {
    'GET /api/admin/search': '?q=hello',
  },
};
