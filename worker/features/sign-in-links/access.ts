import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                               nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/auth/link/send        202      202       202     202 202       403  202  202   202 202
POST   /api/auth/link/sign-in     404      404       404     404 404       403  404  404   404 404
`,
  requests: {
    'POST /api/auth/link/send': () => ({ email: 'amos@acme.example' }),
    'POST /api/auth/link/sign-in': () => ({ token: `${crypto.randomUUID()}.1.guess` }),
  },
};
