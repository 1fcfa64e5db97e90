import { env } from 'cloudflare:workers';
import { inspectRoutes } from 'hono/dev';
import { SignJWT } from 'jose';
import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedConversation } from '../protocol/resources.ts';
import { app } from './app.ts';
import { conversationOf } from './conversation/address.ts';
import { createCannedResponse, listCannedResponses } from './store/canned-responses.ts';
import { conversations, sessions, widgetCustomers } from './store/configured.ts';
import { isConversation, itsCustomer } from './store/conversations/rows.ts';
import { createNote, listNotes } from './store/customer-notes.ts';
import { openDatabase } from './store/database.ts';
import { listDepartments } from './store/departments.ts';
import { createIdentitySecret, listIdentitySecrets } from './store/identity-secrets.ts';
import { invite, join } from './store/invitations.ts';
import { createLabel, listLabels } from './store/labels.ts';
import { restrictAgents, serveDepartments } from './store/members.ts';
import { listMembers, readSettings } from './store/organizations.ts';
import { createView, listViews } from './store/views.ts';
import { call, hire, SignedInAgent, settleWorld, Visitor } from './test/world.ts';

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
const TABLE = `
                                                    nobody stranger foreigner expired gus elsewhere rita amos olive ada
GET    /api/health                                     200      200       200     200 200       200  200  200   200 200
POST   /api/widget/sessions                            201      201       201     201 201       201  201  201   201 201
PATCH  /api/widget/customer                            401      404       404     401 401       401  401  401   401 200
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
POST   /api/admin/customers/:id/block                  403      403       403     401 404       403  404  200   200 403
DELETE /api/admin/customers/:id/block                  403      403       403     401 404       403  404  200   200 403
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
PATCH  /api/admin/views/:id                            403      403       403     401 404       403  200  200   200 403
DELETE /api/admin/views/:id                            403      403       403     401 404       403  204  204   204 403
POST   /api/setup                                      403      403       403     403 403       403  403  403   403 403
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

const [heading = '', ...ROWS] = TABLE.split('\n').filter((line) => line.trim() !== '');
const COLUMNS = heading.trim().split(/\s+/);

/** Whose answers must not even name the conversation. */
const OUTSIDERS = ['nobody', 'stranger', 'foreigner', 'expired', 'gus', 'rita'];

/** A user whom there is not: shared views are everybody's. */
const NOBODY = '00000000-0000-4000-8000-000000000000';

const edit = () => ({ id: crypto.randomUUID(), body: 'Edited' });

/** What a right request to a route is, where it is more than a GET. */
const BODIES: Record<string, (world: World) => unknown> = {
  'PATCH /api/admin/conversations/:id': () => ({ priority: 'high' }),
  'POST /api/admin/conversations/:id/claim': () => undefined,
  'POST /api/admin/conversations/:id/messages': () => ({ id: crypto.randomUUID(), body: 'Hello' }),
  'PATCH /api/admin/conversations/:id/messages/:seq': edit,
  'DELETE /api/admin/conversations/:id/messages/:seq': () => undefined,
  'PATCH /api/widget/conversations/:id/messages/:seq': edit,
  'DELETE /api/widget/conversations/:id/messages/:seq': () => undefined,
  'POST /api/widget/conversations/:id/files': () => 'some text',
  'POST /api/admin/conversations/:id/files': () => 'some text',
  'POST /api/widget/conversations/:id/transcript': () => ({ email: 'ada@example.org' }),
  'PUT /api/widget/conversations/:id/rating': () => ({ score: 5, comment: 'Quick!' }),
  'PATCH /api/admin/me': () => ({ preferences: { sound: false } }),
  'PATCH /api/admin/customers/:id': () => ({ name: 'Ada' }),
  'POST /api/admin/customers/:id/block': () => undefined,
  'DELETE /api/admin/customers/:id/block': () => undefined,
  'POST /api/admin/customers/:id/notes': () => ({ body: 'Calls often' }),
  'DELETE /api/admin/customers/:id/notes/:note': () => undefined,
  'POST /api/admin/departments': () => ({ name: 'Returns' }),
  'PUT /api/admin/departments/order': ({ acme }) => ({ ids: [acme.billing, acme.sales] }),
  'PATCH /api/admin/departments/:id': () => ({ description: crypto.randomUUID() }),
  'PATCH /api/admin/settings': () => ({ greeting: crypto.randomUUID() }),
  'DELETE /api/admin/settings/seen': () => undefined,
  'POST /api/admin/canned-responses': () => ({ shortcut: crypto.randomUUID(), body: 'Hello' }),
  'PUT /api/admin/canned-responses/:id': () => ({ shortcut: crypto.randomUUID(), body: 'Hi' }),
  'DELETE /api/admin/canned-responses/:id': () => undefined,
  'POST /api/admin/identity-secrets': () => undefined,
  'DELETE /api/admin/identity-secrets/:id': () => undefined,
  'POST /api/admin/labels': () => ({ name: crypto.randomUUID(), color: '#aa3300' }),
  'PUT /api/admin/labels/:id': () => ({ name: crypto.randomUUID(), color: '#aa3300' }),
  'DELETE /api/admin/labels/:id': () => undefined,
  'POST /api/admin/conversations/bulk': () => ({
    ids: [crypto.randomUUID()],
    change: { priority: 'high' },
  }),
  'POST /api/admin/views': () => ({ name: 'Urgent', query: { status: 'open' } }),
  'PATCH /api/admin/views/:id': () => ({ name: crypto.randomUUID() }),
  'DELETE /api/admin/views/:id': () => undefined,
  'POST /api/admin/me/confirm-address': () => undefined,
  // Right but for the password, which stays what the next request signs in with.
  'POST /api/admin/me/password': () => ({ current: 'a guess', next: 'correct horse battery' }),
  'POST /api/admin/me/address': () => ({ email: 'new@acme.example', password: 'a guess' }),
  'DELETE /api/admin/me/sessions': () => undefined,
  'DELETE /api/admin/me/sessions/:id': () => undefined,
  'POST /api/admin/me/two-factor': () => ({ password: 'correct horse battery' }),
  'POST /api/admin/me/two-factor/confirm': () => ({ code: 'a guess' }),
  'POST /api/admin/me/two-factor/disable': () => ({ password: 'a guess' }),
  'PUT /api/admin/me/picture': () => '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'DELETE /api/admin/me/picture': () => undefined,
  'PATCH /api/admin/members/:id': () => ({ role: 'admin' }),
  'PATCH /api/admin/team': () => ({ restrictAgents: true }),
  'POST /api/admin/members/:id/sign-out': () => undefined,
  'POST /api/admin/members/:id/password-link': () => undefined,
  'DELETE /api/admin/members/:id/second-factor': () => undefined,
  'DELETE /api/admin/members/:id': () => undefined,
  'POST /api/admin/invitations': () => ({
    email: `${crypto.randomUUID()}@acme.example`,
    role: 'agent',
  }),
  'POST /api/admin/invitations/:id/resend': () => undefined,
  'DELETE /api/admin/invitations/:id': () => undefined,
  'POST /api/invitations/look': () => ({ token: `${crypto.randomUUID()}.guess` }),
  'POST /api/invitations/accept': () => ({
    token: `${crypto.randomUUID()}.guess`,
    name: 'Eve',
    password: 'correct horse battery',
  }),
  'POST /api/password/forgot': () => ({ email: 'amos@acme.example' }),
  'POST /api/password/reset': () => ({
    token: `${crypto.randomUUID()}.1.guess`,
    password: 'correct horse battery',
  }),
  'POST /api/address/confirm': () => ({ token: `${crypto.randomUUID()}.1.guess` }),
  'POST /api/auth/two-factor/verify-totp': () => ({ code: '123456' }),
  'POST /api/auth/two-factor/verify-backup-code': () => ({ code: 'guess-guess' }),
  'POST /api/auth/sign-in/email': () => ({
    email: 'amos@acme.example',
    password: 'correct horse battery',
  }),
  'POST /api/auth/sign-out': () => ({}),
  'POST /api/auth/sign-up/email': () => ({
    name: 'Eve',
    email: 'eve@acme.example',
    password: 'correct horse battery',
  }),
  'POST /api/auth/organization/create': () => ({ name: 'Mine', slug: 'mine' }),
  'POST /api/setup': () => ({
    code: 'a guess',
    organization: { name: 'Mine', slug: 'mine' },
    owner: { name: 'Eve', email: 'eve@acme.example', password: 'correct horse battery' },
  }),
  'POST /api/widget/sessions': () => ({ key: 'wk_acme', page: {} }),
  'POST /api/widget/conversations': ({ acme }) => ({ departmentId: acme.billing }),
  'POST /api/widget/conversations/:id/close': () => undefined,
  'POST /api/widget/conversations/:id/messages': () => ({ id: crypto.randomUUID(), body: 'Hello' }),
  'PATCH /api/widget/customer': () => ({ name: 'Ada' }),
};

const QUERIES: Record<string, string> = {
  'GET /api/admin/search': '?q=hello',
  'GET /widget/frame': '?key=wk_acme',
};

/** What is taken back, and what is uploaded, is named by an id. */
function queryOf(route: string, method: string): string {
  if (method === 'DELETE') return `?id=${crypto.randomUUID()}`;
  if (route.endsWith('/files')) return `?id=${crypto.randomUUID()}&name=a.txt`;
  return QUERIES[route] ?? '';
}

/** What stands behind the app's one route for everything of better-auth's, and what must not. */
const AUTH = [
  'GET /api/auth/get-session',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-up/email',
  'POST /api/auth/organization/create',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/auth/sign-out',
];

type World = Awaited<ReturnType<typeof settleWorld>>;
/** What a browser sends with each request. */
type Browser = { token?: string; headers?: Record<string, string> };

let world: World;
let agents: Record<'amos' | 'olive' | 'gus' | 'former' | 'rita', SignedInAgent>;
/** What all can look at whose request changes nothing. */
let gallery: Scene;

beforeAll(async () => {
  world = await settleWorld();
  const { id, sales, billing, users } = world.acme;
  await restrictAgents(openDatabase(env), id, true);
  await serveDepartments(openDatabase(env), id, users[1] ?? '', [sales, billing]);
  const former = await SignedInAgent.signIn('amos@acme.example');
  await openDatabase(env)
    .update(sessions)
    .set({ expiresAt: new Date(Date.now() - 1) });
  agents = {
    former,
    amos: await SignedInAgent.signIn('amos@acme.example'),
    olive: await SignedInAgent.signIn('olive@acme.example'),
    gus: await SignedInAgent.signIn('gus@globex.example'),
    rita: (await hire(id, 'Rita', [sales])).agent,
  };
  gallery = await scene();
});

type Scene = { people: Record<string, Browser>; its: StartedConversation };

/** A new Ada with her conversation, a word of hers and a note of Amos's in it, and everybody around. */
async function scene(): Promise<Scene> {
  const ada = await Visitor.arrive();
  const its = await ada.pick(world.acme.billing);
  const messages = `/conversations/${its.id}/messages`;
  await ada.call('POST', messages, { id: crypto.randomUUID(), body: 'Hello' });
  await agents.amos.call('POST', `/admin${messages}`, {
    id: crypto.randomUUID(),
    body: 'A note',
    kind: 'note',
  });
  const db = openDatabase(env);
  const name = crypto.randomUUID();
  await createCannedResponse(db, world.acme.id, { shortcut: name, body: 'Hello' });
  // A hundred fit, and there are more scenes.
  if ((await listLabels(db, world.acme.id)).length < 5) {
    await createLabel(db, world.acme.id, { name, color: '#aa3300' });
  }
  // Two are all that fit, and the table makes one more.
  const secrets = await listIdentitySecrets(db, world.acme.id);
  if (secrets.length === 0) await createIdentitySecret(db, world.acme.id, new Date());
  // So many fit and no more, so that one is enough.
  if ((await listViews(db, world.acme.id, NOBODY)).length === 0) {
    await createView(db, world.acme.id, NOBODY, { name, query: {}, shared: true }, 0);
  }
  const author = { id: world.acme.users[1] ?? '', name: 'Amos' };
  const body = 'Prefers the phone';
  await createNote(db, world.acme.id, its.widget_customer_id ?? '', { author, body });
  const token = (visitor: Visitor) => ({ token: visitor.session.sessionToken });
  const people: Record<string, Browser> = {
    nobody: {},
    stranger: token(await Visitor.arrive()),
    foreigner: token(await Visitor.arrive('wk_globex')),
    expired: { token: await expired(ada), headers: agents.former.headers },
    gus: { headers: agents.gus.headers },
    elsewhere: { headers: { ...agents.amos.headers, origin: 'https://elsewhere.example' } },
    rita: { headers: agents.rita.headers },
    amos: { headers: agents.amos.headers },
    olive: { headers: agents.olive.headers },
    ada: token(ada),
  };
  return { people, its };
}

/** A token as worker/auth/visitors.ts signs it, past its time. */
async function expired({ session }: Visitor): Promise<string> {
  const jwt = await new SignJWT({ org: world.acme.id })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(session.visitor_id)
    .setAudience('foyer.session')
    .setExpirationTime(Math.floor(Date.now() / 1000) - 1)
    .sign(new TextEncoder().encode(`${env.FOYER_SECRET}:visitors`));
  return `st_${jwt}`;
}

/** The id of something of Acme's, of the kind that the path names. */
async function idIn(pattern: string, its: StartedConversation): Promise<string> {
  const db = openDatabase(env);
  if (pattern.includes('/customers/')) return its.widget_customer_id ?? '';
  if (pattern.includes('/departments/')) return world.acme.billing;
  if (pattern.includes('/canned-responses/')) {
    return (await listCannedResponses(db, world.acme.id))[0]?.id ?? '';
  }
  if (pattern.includes('/identity-secrets/')) {
    return (await listIdentitySecrets(db, world.acme.id))[0]?.id ?? '';
  }
  // A colleague and an invitation of their own, which whoever may removes.
  if (pattern.includes('/members/')) return colleague();
  if (pattern.includes('/invitations/')) return invitation();
  if (pattern.includes('/labels/')) return (await listLabels(db, world.acme.id))[0]?.id ?? '';
  if (pattern.includes('/views/')) return (await listViews(db, world.acme.id, NOBODY))[0]?.id ?? '';
  return its.id;
}

/** A new member of Acme; answers the membership's id. */
async function colleague(): Promise<string> {
  const email = `${crypto.randomUUID()}@acme.example`;
  const db = openDatabase(env);
  await join(db, world.acme.id, 'agent', { name: 'Cole', email, password: 'no hash' });
  const members = await listMembers(db, world.acme.id);
  return members.find((member) => member.email === email)?.id ?? '';
}

async function invitation(): Promise<string> {
  return invite(openDatabase(env), world.acme.id, {
    email: `${crypto.randomUUID()}@acme.example`,
    role: 'agent',
    inviter_id: world.acme.users[0] ?? '',
    expires_at: new Date(Date.now() + 60_000),
  });
}

const notesOf = ({ organization_id, widget_customer_id }: StartedConversation) =>
  listNotes(openDatabase(env), organization_id, widget_customer_id ?? '');

async function ask(route: string, { token, headers }: Browser, its: StartedConversation) {
  const [method = '', pattern = ''] = route.split(' ');
  const body = BODIES[route]?.(world);
  if (method !== 'GET' && !(route in BODIES)) {
    throw new Error(`Say in BODIES what a right request to ${route} is.`);
  }
  const path = pattern
    .replace(':picture', '0'.repeat(32))
    .replace(':id', await idIn(pattern, its))
    .replace(':note', (await notesOf(its))[0]?.id ?? '')
    .replace(':seq', pattern.includes('/admin/') ? '2' : '1')
    .replace('/*', '/')
    .concat(queryOf(route, method));
  const offered = token ? `foyer.v1, ${token}` : 'foyer.v1';
  return call(method, path, {
    ...(body !== undefined && { body }),
    headers: {
      ...headers,
      ...(route.endsWith('/files') && { 'content-length': '9' }),
      ...(token && { authorization: `Bearer ${token}` }),
      ...(path.endsWith('/socket') && {
        upgrade: 'websocket',
        'sec-websocket-protocol': offered,
      }),
    },
  });
}

/** What a refusal must leave as it is. */
async function kept(its: StartedConversation): Promise<unknown> {
  const { organization_id, id } = its;
  await conversationOf(env, organization_id, id).settle();
  const db = openDatabase(env);
  return Promise.all([
    db
      .select()
      .from(conversations)
      .innerJoin(widgetCustomers, itsCustomer)
      .where(isConversation(organization_id, id)),
    listDepartments(db, organization_id),
    // When a widget is seen is noted after the answer.
    { ...(await readSettings(db, organization_id)), seen: null },
    listCannedResponses(db, organization_id),
    listLabels(db, organization_id),
    listIdentitySecrets(db, organization_id),
    listViews(db, organization_id, NOBODY),
    notesOf(its),
  ]);
}

const routes = inspectRoutes(app)
  .filter(({ isMiddleware }) => !isMiddleware)
  .map(({ method, path }) => `${method} ${path}`)
  .flatMap((route) => (route === 'ALL /api/auth/*' ? AUTH : [route]));

/** `GET /path 200 404 …`, as a row of the table without its spaces. */
const line = (route: string, statuses: readonly number[]) => [route, ...statuses].join(' ');
const packed = (row: string) => row.trim().split(/\s+/).join(' ');

describe('who gets what (P5, P6)', () => {
  test('every route is in the table', () => {
    const named = ROWS.map((row) => row.trim().split(/\s+/).slice(0, 2).join(' '));
    expect(named.sort()).toEqual(routes.sort());
  });

  test.each(ROWS)('%s', async (row) => {
    const [method, path, ...expected] = row.trim().split(/\s+/);
    const route = `${method} ${path}`;
    const looks = method === 'GET';
    const statuses: number[] = [];
    let { people, its } = looks ? gallery : await scene();
    let before = await kept(its);
    let refused: string[] = [];
    const compare = async () => {
      if (refused.length === 0) return;
      expect(await kept(its), `one of ${refused.join()} changed something`).toEqual(before);
      refused = [];
    };
    for (const [index, name] of COLUMNS.entries()) {
      if (!looks && Number(expected[index]) < 400) await compare();
      const { status, json } = await ask(route, people[name] ?? {}, its);
      statuses.push(status);
      if (OUTSIDERS.includes(name)) expect(JSON.stringify(json)).not.toContain(its.id);
      if (status >= 400) {
        refused.push(name);
      } else if (!looks && JSON.stringify(await kept(its)) !== JSON.stringify(before)) {
        ({ people, its } = await scene());
        before = await kept(its);
      }
    }
    await compare();
    expect(line(route, statuses)).toBe(packed(row));
  });
});
