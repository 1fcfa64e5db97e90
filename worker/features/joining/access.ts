import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                 nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/invitations/look        404      404       404     404 404       404  404  404   404 404
POST   /api/invitations/passkey     404      404       404     404 404       404  404  404   404 404
POST   /api/invitations/accept      404      404       404     404 404       404  404  404   404 404
`,
  requests: {
    'POST /api/invitations/look': () => ({ token: `${crypto.randomUUID()}.guess` }),
    'POST /api/invitations/passkey': () => ({ token: `${crypto.randomUUID()}.guess` }),
    'POST /api/invitations/accept': () => ({
      token: `${crypto.randomUUID()}.guess`,
      name: 'Eve',
      password: 'correct horse battery',
    }),
  },
};
