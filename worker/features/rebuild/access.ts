import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                            nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/operator/objects   401      401       401     401 401       401  401  401   401 401
`,
  requests: { 'POST /api/operator/objects': () => ({ ids: ['0'.repeat(64)] }) },
};
