import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                       nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /                  302      302       302     302 302       302  302  302   302 302
GET    /admin/*           200      200       200     200 200       200  200  200   200 200
GET    /widget/frame      200      200       200     200 200       200  200  200   200 200
GET    /widget/preview    200      200       200     200 200       200  200  200   200 200
`,
  queries: {
    'GET /widget/frame': '?key=wk_acme',
  },
};
