import type { settleWorld } from './world.ts';

type World = Awaited<ReturnType<typeof settleWorld>>;

const edit = () => ({ id: crypto.randomUUID(), body: 'Edited' });

/** What a right request to a route is, where it is more than a GET. */
export const BODIES: Record<string, (world: World) => unknown> = {
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
  'POST /api/admin/customers/:id/sessions/revoke': () => undefined,
  'POST /api/widget/customer/forget': () => undefined,
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
  'POST /api/widget/human-check': () => ({ token: 'a token' }),
  'PATCH /api/widget/customer': () => ({ name: 'Ada' }),
};

export const QUERIES: Record<string, string> = {
  'GET /api/admin/search': '?q=hello',
  'GET /widget/frame': '?key=wk_acme',
};

/** What stands behind the app's one route for everything of better-auth's, and what must not. */
export const AUTH = [
  'GET /api/auth/get-session',
  'POST /api/auth/sign-in/email',
  'POST /api/auth/sign-up/email',
  'POST /api/auth/organization/create',
  'POST /api/auth/two-factor/verify-totp',
  'POST /api/auth/two-factor/verify-backup-code',
  'POST /api/auth/sign-out',
];
