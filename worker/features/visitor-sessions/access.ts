import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                                 nobody stranger foreigner expired gus elsewhere rita amos olive ada
POST   /api/widget/sessions                         201      201       201     201 201       201  201  201   201 201
POST   /api/widget/customer/forget                  401      204       204     401 401       401  401  401   401 204
POST   /api/admin/customers/:id/sessions/revoke     403      403       403     401 404       403  404  204   204 403
`,
  requests: {
    'POST /api/widget/sessions': () => ({ key: 'wk_acme', page: {} }),
    'POST /api/widget/customer/forget': () => undefined,
    'POST /api/admin/customers/:id/sessions/revoke': () => undefined,
  },
};
