import type { AccessPart } from '../../test/access/part.ts';

/** The answers for each caller; checked by `worker/test/access/access.worker.test.ts`. */
export const access: AccessPart = {
  rows: `
                                          nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/admin/me/passkeys                401      401       401     401 200       200  200  200   200 401
POST   /api/admin/me/passkeys/challenge      403      403       403     401 200       403  200  200   200 403
POST   /api/admin/me/passkeys                403      403       403     401 400       403  400  400   400 403
PATCH  /api/admin/me/passkeys/:id            403      403       403     401 404       403  404  404   404 403
POST   /api/admin/me/passkeys/:id/remove     403      403       403     401 404       403  404  404   404 403
POST   /api/auth/passkey/challenge           200      200       200     200 200       403  200  200   200 200
POST   /api/auth/passkey/sign-in             401      401       401     401 401       403  401  401   401 401
`,
  requests: {
    'POST /api/admin/me/passkeys/challenge': () => ({}),
    // In the shape of a passkey, and no answer to a challenge.
    'POST /api/admin/me/passkeys': () => ({
      name: 'Phone',
      credentialId: 'a',
      publicKey: 'a',
      algorithm: -7,
      authenticatorData: 'a',
      clientDataJSON: 'a',
    }),
    'PATCH /api/admin/me/passkeys/:id': () => ({ name: 'Phone' }),
    'POST /api/admin/me/passkeys/:id/remove': () => ({}),
    'POST /api/auth/passkey/challenge': () => undefined,
    'POST /api/auth/passkey/sign-in': () => ({
      credentialId: 'a',
      authenticatorData: 'a',
      clientDataJSON: 'a',
      signature: 'a',
    }),
  },
};
