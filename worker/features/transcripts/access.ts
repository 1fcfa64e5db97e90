import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                                 nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/widget/conversations/:id/transcript     401      404       404     401 401       401  401  401   401 409
`,
  requests: {
    'POST /api/widget/conversations/:id/transcript': () => ({ email: 'ada@example.org' }),
  },
};
