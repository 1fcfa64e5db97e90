import { beforeAll, describe, expect, test } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import { call, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/**
 * What the widget and the dashboard of the version before 29 November 2026 ask. Their tabs run on
 * for days beside a new Worker, which may therefore refuse nothing of it as a request that it does
 * not understand.
 */

let world: Awaited<ReturnType<typeof settleWorld>>;
let visitor: Visitor;
let conversation: StartedConversation;
let olive: SignedInAgent;
const made: Record<string, string> = {};

beforeAll(async () => {
  world = await settleWorld();
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  olive = await SignedInAgent.signIn('olive@acme.example');
  const path = `/conversations/${conversation.id}/messages`;
  await visitor.call('POST', path, { id: crypto.randomUUID(), body: 'Hello' });
  const own = { id: crypto.randomUUID(), body: 'Good morning' };
  await olive.call('POST', `/admin${path}`, own);
  made.label = (await ask('POST', 'labels', { name: 'Old', color: '#112233' })).json.label.id;
  made.customer = conversation.widget_customer_id ?? '';
});

const ask = (method: string, path: string, body?: unknown) =>
  olive.call(method, `/admin/${path}`, body);

/** `<conversation>` and the like, as they are in this world. */
const filled = (text: string) =>
  text
    .replaceAll('<conversation>', conversation.id)
    .replaceAll('<department>', world.acme.billing)
    .replaceAll('<owner>', world.acme.users[0] ?? '')
    .replaceAll('<new>', crypto.randomUUID())
    .replace(/<(\w+)>/g, (_, name) => made[name] ?? name);

type Row = [method: string, path: string, body?: object | undefined];

const named = ([method, path, body]: Row): [string, Row] => [
  `${method} ${path}${body ? ` ${Object.keys(body).join()}` : ''}`,
  [method, path, body],
];

function expectUnderstood({ status, json }: Awaited<ReturnType<typeof call>>): void {
  expect([status, json?.error]).toEqual([
    expect.toSatisfy((status: number) => status < 400),
    undefined,
  ]);
}

describe('an old widget', () => {
  test('opens a session', async () => {
    const body = {
      key: 'wk_acme',
      visitorToken: visitor.session.visitorToken,
      origin: 'https://shop.example',
      page: { url: 'https://shop.example/', title: 'Shop', referrer: '' },
      locale: 'en-GB',
      timezone: 'Europe/Vienna',
    };
    expectUnderstood(await call('POST', '/api/widget/sessions', { body }));
  });

  const adminRows: Row[] = [
    [
      'POST',
      'conversations',
      {
        departmentId: '<department>',
        preChatData: {},
        customerData: {},
        page: { url: 'https://shop.example/', referrer: '' },
        previousConversationId: '<conversation>',
      },
    ],
    ['GET', 'conversations'],
    ['GET', 'conversations?'],
    ['GET', 'conversations?q=hello'],
    ['GET', 'conversations/<conversation>'],
    ['GET', 'conversations/<conversation>/messages?before=9007199254740991'],
    ['GET', 'conversations/<conversation>/messages?after=0'],
    ['POST', 'conversations/<conversation>/messages', { id: '<new>', body: 'By HTTP' }],
    ['PATCH', 'conversations/<conversation>/messages/1', { id: '<new>', body: 'Hello there' }],
    ['DELETE', 'conversations/<conversation>/messages/1?id=<new>'],
    ['PATCH', 'customer', { email: 'nora@field.example' }],
    [
      'PATCH',
      'customer',
      {
        name: 'Nora',
        email: 'n@field.example',
        phone: '+1 555 0100',
        customFields: { plan: 'pro' },
      },
    ],
    ['POST', 'conversations/<conversation>/transcript', { email: 'nora@field.example' }],
    ['POST', 'conversations/<conversation>/close', {}],
    ['PUT', 'conversations/<conversation>/rating', { score: 5, comment: null }],
    ['PUT', 'conversations/<conversation>/rating', { score: 4, comment: 'Thanks' }],
  ];
  test.each(adminRows.map(named))('%s', async (_, [method, path, body]) => {
    // The token was in the header and, beside it, in each body.
    const token = visitor.session.sessionToken;
    const old = body && JSON.parse(filled(JSON.stringify({ sessionToken: token, ...body })));
    const answer = await visitor.call(method, `/${filled(path)}`, old);
    // No mail is sent here; that is no refusal of what was asked.
    if (path.endsWith('transcript')) expect(answer.status).not.toBe(400);
    else expectUnderstood(answer);
  });

  test('still gets an error for a field that no version knew', async () => {
    const answer = await visitor.call('PATCH', '/customer', { sessionToken: 'x', nmae: 'Nora' });
    expect(answer.json.error.fields).toEqual({ nmae: 'Unknown field.' });
  });
});

describe('an old dashboard', () => {
  const visitorRows: Row[] = [
    ['GET', 'me'],
    ['PATCH', 'me', { name: 'Olive' }],
    [
      'PATCH',
      'me',
      { preferences: { titleCount: true, sound: false, browserNotifications: false } },
    ],
    ['GET', 'departments'],
    ['GET', 'members'],
    ['GET', 'conversations?status=open&sort=activity'],
    ['GET', 'conversations?status=open&assignee=me&sort=waiting&limit=50'],
    ['GET', 'conversations?department=<department>&label=<label>'],
    ['GET', 'conversations?mentioned=me&q=hello'],
    ['GET', 'conversations/counts'],
    ['GET', 'conversations/<conversation>'],
    // The widget has closed it above.
    ['PATCH', 'conversations/<conversation>', { status: 'active' }],
    ['POST', 'conversations/<conversation>/claim'],
    ['PATCH', 'conversations/<conversation>', { assigneeId: '<owner>' }],
    ['PATCH', 'conversations/<conversation>', { assigneeId: null }],
    ['PATCH', 'conversations/<conversation>', { priority: 'high' }],
    ['PATCH', 'conversations/<conversation>', { addLabels: ['<label>'], removeLabels: [] }],
    ['PATCH', 'conversations/<conversation>', { mentionSeen: true }],
    ['PATCH', 'conversations/<conversation>', { departmentId: '<department>' }],
    ['PATCH', 'conversations/<conversation>', { status: 'closed', closedReason: 'resolved' }],
    ['PATCH', 'conversations/<conversation>', { status: 'active', assigneeId: null }],
    ['POST', 'conversations/bulk', { ids: ['<conversation>'], change: { priority: 'low' } }],
    ['GET', 'conversations/<conversation>/messages?before=9007199254740991'],
    ['GET', 'conversations/<conversation>/messages?after=0'],
    [
      'POST',
      'conversations/<conversation>/messages',
      { id: '<new>', body: 'A note', kind: 'note', mentions: ['<owner>'] },
    ],
    ['GET', 'search?q=hello'],
    ['GET', 'customers?q=nora&limit=20'],
    ['GET', 'customers?seenSince=2026-11-01T00:00:00.000Z&hasEmail=true&sort=first_seen'],
    ['GET', 'customers?department=<department>&label=<label>&sort=last_seen'],
    ['GET', 'customers/<customer>'],
    ['PATCH', 'customers/<customer>', { name: 'Nora', email: 'nora@field.example' }],
    ['PATCH', 'customers/<customer>', { phone: '+1 555 0100' }],
    ['GET', 'customers/<customer>/notes'],
    ['POST', 'customers/<customer>/notes', { body: 'Likes tea' }],
    ['POST', 'customers/<customer>/block'],
    ['DELETE', 'customers/<customer>/block'],
    ['GET', 'settings'],
    [
      'PATCH',
      'settings',
      {
        accent: '#112233',
        greeting: 'Hello',
        locale: 'en',
        allowedOrigins: ['https://shop.example'],
        theme: 'auto',
        position: 'right',
        launcher: 'icon',
        launcherText: '',
        translations: {},
      },
    ],
    ['DELETE', 'settings/seen'],
    [
      'POST',
      'departments',
      {
        name: 'Old',
        description: '',
        visible: true,
        offline: 'show',
        preChatFields: [{ id: null, label: 'Order', type: 'text', required: false, options: [] }],
        memberIds: ['<owner>'],
        translations: {},
      },
    ],
    ['PATCH', 'departments/<department>', { description: 'Bills' }],
    ['PUT', 'departments/order', { ids: ['<department>'] }],
    ['GET', 'canned-responses'],
    ['POST', 'canned-responses', { shortcut: 'hi', body: 'Hello!' }],
    ['PUT', 'labels/<label>', { name: 'Older', color: '#332211' }],
    ['GET', 'views'],
    ['POST', 'views', { name: 'Mine', query: { status: 'open' }, shared: false }],
    ['GET', 'team'],
    ['PATCH', 'team', { restrictAgents: false }],
    ['GET', 'invitations'],
    ['POST', 'invitations', { email: 'new@acme.example', role: 'agent' }],
    ['GET', 'me/sessions'],
    ['DELETE', 'me/sessions'],
  ];
  test.each(visitorRows.map(named))('%s', async (_, [method, path, body]) => {
    const old = body && JSON.parse(filled(JSON.stringify(body)));
    expectUnderstood(await ask(method, filled(path), old));
  });
});
