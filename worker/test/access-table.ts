/**
 * Who gets what: every route of the app, asked by everybody with a request that is right for it.
 * The routes come from the app itself, so a new one is in this table or the test fails.
 *
 * - nobody: no token, no cookie
 * - stranger: another visitor of Acme; foreigner: a visitor of Globex
 * - expired: Ada's token and Amos's session, both past their time
 * - gus: the owner of Globex
 * - elsewhere: Amos's browser, led by a page of another site
 * - rita: an agent of Acme, where agents see only the departments that they serve, and who serves
 *   another one than the conversation's
 * - amos: an agent who serves it; olive: the owner; ada: the visitor whose conversation it is
 */
export const TABLE = `
                                                    nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/health                                     200      200       200     200 200       200  200  200   200 200
POST   /api/widget/sessions                            201      201       201     201 201       201  201  201   201 201
POST   /api/widget/human-check                         401      404       404     401 401       401  401  401   401 404
PATCH  /api/widget/customer                            401      404       404     401 401       401  401  401   401 200
POST   /api/widget/customer/forget                     401      204       204     401 401       401  401  401   401 204
GET    /api/widget/conversations/:id/socket            401      404       404     401 401       401  401  401   401 101
GET    /api/widget/conversations/:id/messages          401      404       404     401 401       401  401  401   401 200
POST   /api/widget/conversations/:id/messages          401      404       404     401 401       401  401  401   401 201
PATCH  /api/widget/conversations/:id/messages/:seq     401      404       404     401 401       401  401  401   401 200
DELETE /api/widget/conversations/:id/messages/:seq     401      404       404     401 401       401  401  401   401 200
POST   /api/widget/conversations/:id/files             401      404       404     401 401       401  401  401   401 201
GET    /api/widget/conversations/:id/files/:seq        401      404       404     401 401       401  401  401   401 404
POST   /api/widget/conversations/:id/transcript        401      404       404     401 401       401  401  401   401 409
PUT    /api/widget/conversations/:id/rating            401      404       404     401 401       401  401  401   401 204
POST   /api/widget/conversations                       401      201       404     401 401       401  401  401   401 200
GET    /api/widget/conversations                       401      200       200     401 401       401  401  401   401 200
GET    /api/widget/conversations/:id                   401      404       404     401 401       401  401  401   401 200
POST   /api/widget/conversations/:id/close             401      404       404     401 401       401  401  401   401 200
GET    /api/admin/health                               401      401       401     401 200       403  403  403   200 401
GET    /api/admin/me                                   401      401       401     401 200       200  200  200   200 401
PATCH  /api/admin/me                                403      403       403     401 200       403  200  200   200 403
GET    /api/admin/departments                          401      401       401     401 200       200  200  200   200 401
GET    /api/admin/members                              401      401       401     401 200       200  200  200   200 401
GET    /api/admin/settings                             401      401       401     401 200       403  403  403   200 401
GET    /api/admin/conversations/:id/socket             403      403       403     401 404       403  404  101   101 403
GET    /api/admin/inbox/socket                         403      403       403     401 101       403  101  101   101 403
GET    /api/admin/conversations/:id/messages           401      401       401     401 404       200  404  200   200 401
POST   /api/admin/conversations/:id/messages           403      403       403     401 404       403  404  201   201 403
PATCH  /api/admin/conversations/:id/messages/:seq      403      403       403     401 404       403  404  200   403 403
DELETE /api/admin/conversations/:id/messages/:seq      403      403       403     401 404       403  404  200   403 403
POST   /api/admin/conversations/:id/files              403      403       403     401 404       403  404  201   201 403
GET    /api/admin/conversations/:id/files/:seq         401      401       401     401 404       404  404  404   404 401
GET    /api/admin/conversations                        401      401       401     401 200       200  200  200   200 401
GET    /api/admin/conversations/counts                 401      401       401     401 200       200  200  200   200 401
GET    /api/admin/conversations/:id                    401      401       401     401 404       200  404  200   200 401
PATCH  /api/admin/conversations/:id                    403      403       403     401 404       403  404  200   200 403
POST   /api/admin/conversations/bulk                   403      403       403     401 200       403  200  200   200 403
POST   /api/admin/conversations/:id/claim              403      403       403     401 404       403  404  200   200 403
GET    /api/admin/customers                            401      401       401     401 200       200  200  200   200 401
GET    /api/admin/customers/:id                        401      401       401     401 404       200  404  200   200 401
PATCH  /api/admin/customers/:id                        403      403       403     401 404       403  404  200   200 403
GET    /api/admin/customers.csv                        401      401       401     401 200       403  403  403   200 401
POST   /api/admin/customers/:id/sessions/revoke        403      403       403     401 404       403  404  204   204 403
POST   /api/admin/customers/:id/block                  403      403       403     401 404       403  404  200   200 403
DELETE /api/admin/customers/:id/block                  403      403       403     401 404       403  404  200   200 403
GET    /api/admin/customers/:id/conversations          401      401       401     401 404       200  404  200   200 401
GET    /api/admin/customers/:id/entries                401      401       401     401 404       200  404  200   200 401
GET    /api/admin/customers/:id/notes                  401      401       401     401 404       200  404  200   200 401
POST   /api/admin/customers/:id/notes                  403      403       403     401 404       403  404  201   201 403
DELETE /api/admin/customers/:id/notes/:note            403      403       403     401 404       403  404  204   204 403
GET    /api/admin/search                               401      401       401     401 200       200  200  200   200 401
POST   /api/admin/departments                          403      403       403     401 201       403  403  403   201 403
PUT    /api/admin/departments/order                    403      403       403     401 400       403  403  403   200 403
PATCH  /api/admin/departments/:id                      403      403       403     401 404       403  403  403   200 403
PATCH  /api/admin/settings                             403      403       403     401 200       403  403  403   200 403
DELETE /api/admin/settings/seen                        403      403       403     401 204       403  403  403   204 403
GET    /api/admin/identity-secrets                     401      401       401     401 200       403  403  403   200 401
POST   /api/admin/identity-secrets                     403      403       403     401 201       403  403  403   201 403
DELETE /api/admin/identity-secrets/:id                 403      403       403     401 404       403  403  403   204 403
GET    /api/admin/canned-responses                     401      401       401     401 200       200  200  200   200 401
POST   /api/admin/canned-responses                     403      403       403     401 201       403  403  403   201 403
PUT    /api/admin/canned-responses/:id                 403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/canned-responses/:id                 403      403       403     401 404       403  403  403   204 403
GET    /api/admin/labels                               401      401       401     401 200       200  200  200   200 401
POST   /api/admin/labels                               403      403       403     401 201       403  403  403   201 403
PUT    /api/admin/labels/:id                           403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/labels/:id                           403      403       403     401 404       403  403  403   204 403
GET    /api/admin/views                                401      401       401     401 200       200  200  200   200 401
POST   /api/admin/views                                403      403       403     401 201       403  201  201   201 403
PATCH  /api/admin/views/:id                            403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/views/:id                            403      403       403     401 404       403  403  403   204 403
POST   /api/setup                                      403      403       403     403 403       403  403  403   403 403
POST   /api/setup/passkey                              403      403       403     403 403       403  403  403   403 403
POST   /api/admin/me/confirm-address                   403      403       403     401 202       403  202  202   202 403
POST   /api/admin/me/address                           403      403       403     401 400       403  400  400   400 403
POST   /api/admin/me/password                          403      403       403     401 400       403  400  400   400 403
GET    /api/admin/me/sessions                          401      401       401     401 200       200  200  200   200 401
DELETE /api/admin/me/sessions                          403      403       403     401 204       403  204  204   204 403
DELETE /api/admin/me/sessions/:id                      403      403       403     401 404       403  404  404   404 403
POST   /api/admin/me/two-factor                        403      403       403     401 201       403  201  201   201 403
POST   /api/admin/me/two-factor/confirm                403      403       403     401 400       403  400  400   400 403
POST   /api/admin/me/two-factor/disable                403      403       403     401 400       403  400  400   400 403
PUT    /api/admin/me/picture                           403      403       403     401 400       403  400  400   400 403
DELETE /api/admin/me/picture                           403      403       403     401 204       403  204  204   204 403
GET    /api/admin/me/passkeys                          401      401       401     401 200       200  200  200   200 401
POST   /api/admin/me/passkeys/challenge                403      403       403     401 200       403  200  200   200 403
POST   /api/admin/me/passkeys                          403      403       403     401 400       403  400  400   400 403
PATCH  /api/admin/me/passkeys/:id                      403      403       403     401 404       403  404  404   404 403
POST   /api/admin/me/passkeys/:id/remove               403      403       403     401 404       403  404  404   404 403
PATCH  /api/admin/members/:id                          403      403       403     401 404       403  403  403   204 403
POST   /api/admin/members/:id/sign-out                 403      403       403     401 404       403  403  403   204 403
POST   /api/admin/members/:id/password-link            403      403       403     401 404       403  403  403   201 403
DELETE /api/admin/members/:id/second-factor            403      403       403     401 404       403  403  403   204 403
DELETE /api/admin/members/:id                          403      403       403     401 404       403  403  403   204 403
GET    /api/admin/invitations                          401      401       401     401 200       403  403  403   200 401
POST   /api/admin/invitations                          403      403       403     401 201       403  403  403   201 403
POST   /api/admin/invitations/:id/resend               403      403       403     401 404       403  403  403   200 403
DELETE /api/admin/invitations/:id                      403      403       403     401 404       403  403  403   204 403
GET    /api/admin/team                                 401      401       401     401 200       200  200  200   200 401
PATCH  /api/admin/team                                 403      403       403     401 200       403  403  403   200 403
POST   /api/invitations/look                           404      404       404     404 404       404  404  404   404 404
POST   /api/invitations/accept                         404      404       404     404 404       404  404  404   404 404
POST   /api/password/forgot                            202      202       202     202 202       202  202  202   202 202
POST   /api/password/reset                             404      404       404     404 404       404  404  404   404 404
POST   /api/address/confirm                            404      404       404     404 404       404  404  404   404 404
GET    /api/pictures/:picture                          404      404       404     404 404       404  404  404   404 404
POST   /api/auth/two-factor/verify-totp                401      401       401     401 409       409  409  409   409 401
POST   /api/auth/two-factor/verify-backup-code         401      401       401     401 409       409  409  409   409 401
POST   /api/auth/passkey/challenge                     200      200       200     200 200       403  200  200   200 200
POST   /api/auth/passkey/sign-in                       401      401       401     401 401       403  401  401   401 401
POST   /api/auth/link/send                             202      202       202     202 202       403  202  202   202 202
POST   /api/auth/link/sign-in                          404      404       404     404 404       403  404  404   404 404
GET    /api/auth/get-session                           200      200       200     200 200       200  200  200   200 200
POST   /api/auth/sign-in/email                         200      200       200     200 200       403  200  200   200 200
POST   /api/auth/sign-up/email                         404      404       404     404 404       404  404  404   404 404
POST   /api/auth/organization/create                   404      404       404     404 404       404  404  404   404 404
GET    /api/openapi.json                               200      200       200     200 200       200  200  200   200 200
GET    /                                               200      200       200     200 200       200  200  200   200 200
GET    /files/:token                                   404      404       404     404 404       404  404  404   404 404
GET    /admin/*                                        200      200       200     200 200       200  200  200   200 200
GET    /widget/frame                                   200      200       200     200 200       200  200  200   200 200
POST   /api/auth/sign-out                              200      200       200     200 200       403  200  200   200 200
`;
