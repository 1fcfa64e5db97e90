import type { AccessPart } from '../../test/access/part.ts';

/** Who gets what here; `worker/test/access/access.worker.test.ts` holds it. */
export const access: AccessPart = {
  rows: `
                                                 nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/widget/conversations/:id/transcript     401      404       404     401 401       401  401  401   401 409
`,
  requests: {
    'POST /api/widget/conversations/:id/transcript': () => ({ email: 'ada@example.org' }),
  },
};
