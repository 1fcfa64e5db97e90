import type { AccessPart } from './part.ts';

/** The answers for each caller, for the routes that belong to no feature. */
export const access: AccessPart = {
  rows: `
                                                nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/auth/two-factor/verify-totp            401      401       401     401 409       409  409  409   409 401
POST   /api/auth/two-factor/verify-backup-code     401      401       401     401 409       409  409  409   409 401
GET    /api/auth/get-session                       200      200       200     200 200       200  200  200   200 200
POST   /api/auth/sign-in/email                     200      200       200     200 200       403  200  200   200 200
POST   /api/auth/sign-up/email                     404      404       404     404 404       404  404  404   404 404
POST   /api/auth/organization/create               404      404       404     404 404       404  404  404   404 404
GET    /api/openapi.json                           200      200       200     200 200       200  200  200   200 200
POST   /api/auth/sign-out                          200      200       200     200 200       403  200  200   200 200
`,
  requests: {
    'POST /api/auth/two-factor/verify-totp': () => ({ code: '123456' }),
    'POST /api/auth/two-factor/verify-backup-code': () => ({ code: 'guess-guess' }),
    'POST /api/auth/sign-in/email': () => ({
      email: 'amos@acme.example',
      password: 'correct horse battery',
    }),
    'POST /api/auth/sign-up/email': () => ({
      name: 'Eve',
      email: 'eve@acme.example',
      password: 'correct horse battery',
    }),
    'POST /api/auth/organization/create': () => ({ name: 'Mine', slug: 'mine' }),
    'POST /api/auth/sign-out': () => ({}),
  },
};
