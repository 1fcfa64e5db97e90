import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                           nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/setup             200      200       200     200 200       200  200  200   200 200
POST   /api/setup             403      403       403     403 403       403  403  403   403 403
POST   /api/setup/passkey     403      403       403     403 403       403  403  403   403 403
`,
  requests: {
    'POST /api/setup': () => ({
      code: 'a guess',
      organization: { name: 'Mine', slug: 'mine' },
      owner: { name: 'Eve', email: 'eve@acme.example', password: 'correct horse battery' },
    }),
    'POST /api/setup/passkey': () => ({ code: 'a guess' }),
  },
};
