import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                             nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/members                       401      401       401     401 200       200  200  200   200 401
PATCH  /api/admin/members/:id                   403      403       403     401 404       403  403  403   204 403
POST   /api/admin/members/:id/sign-out          403      403       403     401 404       403  403  403   204 403
POST   /api/admin/members/:id/password-link     403      403       403     401 404       403  403  403   201 403
DELETE /api/admin/members/:id/second-factor     403      403       403     401 404       403  403  403   204 403
DELETE /api/admin/members/:id                   403      403       403     401 404       403  403  403   204 403
GET    /api/admin/invitations                   401      401       401     401 200       403  403  403   200 401
POST   /api/admin/invitations                   403      403       403     401 201       403  403  403   201 403
POST   /api/admin/invitations/several           403      403       403     401 200       403  403  403   200 403
POST   /api/admin/invitations/:id/resend        403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/invitations/:id               403      403       403     401 404       403  403  403   204 403
GET    /api/admin/team                          401      401       401     401 200       200  200  200   200 401
PATCH  /api/admin/team                          403      403       403     401 200       403  403  403   200 403
`,
  requests: {
    'PATCH /api/admin/members/:id': () => ({ role: 'admin' }),
    'POST /api/admin/members/:id/sign-out': () => undefined,
    'POST /api/admin/members/:id/password-link': () => undefined,
    'DELETE /api/admin/members/:id/second-factor': () => undefined,
    'DELETE /api/admin/members/:id': () => undefined,
    'POST /api/admin/invitations': () => ({
      email: `${crypto.randomUUID()}@acme.example`,
      role: 'agent',
    }),
    'POST /api/admin/invitations/several': () => ({
      emails: [`${crypto.randomUUID()}@acme.example`],
      role: 'agent',
    }),
    'POST /api/admin/invitations/:id/resend': () => undefined,
    'DELETE /api/admin/invitations/:id': () => undefined,
    'PATCH /api/admin/team': () => ({ restrictAgents: true }),
  },
};
