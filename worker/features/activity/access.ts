import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                     nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/activity              401      401       401     401 200       403  403  403   200 401
GET    /api/admin/activity/export       401      401       401     401 200       403  403  403   200 401
GET    /api/admin/activity/settings     401      401       401     401 200       403  403  403   200 401
PATCH  /api/admin/activity/settings     403      403       403     401 200       403  403  403   200 403
`,
  requests: {
    'PATCH /api/admin/activity/settings': () => ({
      keptDays: 90,
    }),
  },
};
