import type { AccessPart } from '../../test/access/part.ts';

/** Who gets what here; `worker/test/access/access.worker.test.ts` holds it. */
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
