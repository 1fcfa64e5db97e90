import type { AccessPart } from '../../test/access/part.ts';

const hours = {
  timezone: 'Europe/Berlin',
  weekly: { mon: [['09:00', '17:00']], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] },
  exceptions: [],
};

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                  nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/schedules          401      401       401     401 200       200  200  200   200 401
POST   /api/admin/schedules          403      403       403     401 201       403  403  403   201 403
POST   /api/admin/schedules/preview  403      403       403     401 200       403  200  200   200 403
PUT    /api/admin/schedules/:id      403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/schedules/:id      403      403       403     401 404       403  403  403   204 403
`,
  requests: {
    'POST /api/admin/schedules': () => ({ ...hours, name: crypto.randomUUID() }),
    'POST /api/admin/schedules/preview': () => ({ ...hours, at: '2026-12-24T10:00:00+01:00' }),
    'PUT /api/admin/schedules/:id': () => ({ ...hours, name: crypto.randomUUID() }),
    'DELETE /api/admin/schedules/:id': () => undefined,
  },
};
