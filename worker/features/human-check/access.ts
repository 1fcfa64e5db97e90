import type { AccessPart } from '../../test/access/part.ts';

/** Who gets what here; `worker/test/access/access.worker.test.ts` holds it. */
export const access: AccessPart = {
  rows: `
                                nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/widget/human-check     401      404       404     401 401       401  401  401   401 404
`,
  requests: {
    'POST /api/widget/human-check': () => ({ token: 'a token' }),
  },
};
