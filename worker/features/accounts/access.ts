import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                         nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/me                        401      401       401     401 200       200  200  200   200 401
PATCH  /api/admin/me                        403      403       403     401 200       403  200  200   200 403
POST   /api/admin/me/confirm-address        403      403       403     401 202       403  202  202   202 403
POST   /api/admin/me/address                403      403       403     401 400       403  400  400   400 403
POST   /api/admin/me/password               403      403       403     401 400       403  400  400   400 403
GET    /api/admin/me/sessions               401      401       401     401 200       200  200  200   200 401
DELETE /api/admin/me/sessions               403      403       403     401 204       403  204  204   204 403
DELETE /api/admin/me/sessions/:id           403      403       403     401 404       403  404  404   404 403
POST   /api/admin/me/two-factor             403      403       403     401 201       403  201  201   201 403
POST   /api/admin/me/two-factor/confirm     403      403       403     401 400       403  400  400   400 403
POST   /api/admin/me/two-factor/disable     403      403       403     401 400       403  400  400   400 403
PUT    /api/admin/me/picture                403      403       403     401 400       403  400  400   400 403
DELETE /api/admin/me/picture                403      403       403     401 204       403  204  204   204 403
POST   /api/password/forgot                 202      202       202     202 202       202  202  202   202 202
POST   /api/password/reset                  404      404       404     404 404       404  404  404   404 404
GET    /api/pictures/:picture               404      404       404     404 404       404  404  404   404 404
`,
  requests: {
    'PATCH /api/admin/me': () => ({ preferences: { sound: false } }),
    'POST /api/admin/me/confirm-address': () => undefined,
    'POST /api/admin/me/address': () => ({ email: 'new@acme.example', password: 'a guess' }),
    // Valid except for the password, so that the next request can still sign in with the old one.
    'POST /api/admin/me/password': () => ({ current: 'a guess', next: 'correct horse battery' }),
    'DELETE /api/admin/me/sessions': () => undefined,
    'DELETE /api/admin/me/sessions/:id': () => undefined,
    'POST /api/admin/me/two-factor': () => ({ password: 'correct horse battery' }),
    'POST /api/admin/me/two-factor/confirm': () => ({ code: 'a guess' }),
    'POST /api/admin/me/two-factor/disable': () => ({ password: 'a guess' }),
    'PUT /api/admin/me/picture': () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
    'DELETE /api/admin/me/picture': () => undefined,
    'POST /api/password/forgot': () => ({ email: 'amos@acme.example' }),
    'POST /api/password/reset': () => ({
      token: `${crypto.randomUUID()}.1.guess`,
      password: 'correct horse battery',
    }),
  },
};
