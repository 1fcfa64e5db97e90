import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                             nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/address/confirm     404      404       404     404 404       404  404  404   404 404
`,
  requests: {
    'POST /api/address/confirm': () => ({ token: `${crypto.randomUUID()}.1.guess` }),
  },
};
