import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_FORM_FIELDS, MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import { MAX_LABELS } from '../../../protocol/resources/label.ts';
import { openDatabase } from '../../database/database.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { noteInstalled } from './store.ts';

/** An owner's settings, the refusal of bad input (P9), and who is told of a change. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
});

async function ask(method: string, path: string, body?: unknown) {
  const { status, json } = await olive.call(method, `/admin/${path}`, body);
  return { status, json, error: json?.error };
}

async function made(form: unknown[] = []): Promise<{ id: string; pre_chat_fields: Field[] }> {
  const { status, json } = await ask('POST', 'departments', { name: 'New', preChatFields: form });
  expect(status).toBe(201);
  return json.department;
}
type Field = { id: string; label: string; type: string; required: boolean; options: string[] };

const field = (label: string, more = {}) => ({ label, type: 'text', required: false, ...more });

describe("a form's ids", () => {
  test('are given here, stay with their field, and are nobody else’s to choose', async () => {
    const { id, pre_chat_fields } = await made([field('Order'), field('Size')]);
    const [order, size] = pre_chat_fields;
    expect(order?.id).toMatch(/^field_[0-9a-f]{8}$/);
    expect(size?.id).not.toBe(order?.id);
    const questions = [
      { ...size, label: ' How large ' },
      { ...order, type: 'textarea' },
      field('More', { id: 'customer' }),
      field('Twice', { id: size?.id }),
    ];
    const { json } = await ask('PATCH', `departments/${id}`, { preChatFields: questions });
    const after: Field[] = json.department.pre_chat_fields;
    expect(after.map(({ label }) => label)).toEqual(['How large', 'Order', 'More', 'Twice']);
    expect(after.slice(0, 2).map((item) => item.id)).toEqual([size?.id, order?.id]);
    for (const item of after.slice(2)) expect(item.id).toMatch(/^field_[0-9a-f]{8}$/);
    expect(new Set(after.map((item) => item.id)).size).toBe(4);
  });

  test('visitors see the form at once and are held to it', async () => {
    const { id, pre_chat_fields } = await made([
      field('Size', { type: 'select', required: true, options: ['S', 'L'] }),
    ]);
    const visitor = await Visitor.arrive();
    const shown = visitor.session.departments.find((department) => department.id === id);
    expect(shown?.pre_chat_fields).toEqual(pre_chat_fields);
    const name = pre_chat_fields[0]?.id ?? '';
    const wrong = { departmentId: id, preChatData: { [name]: 'M' } };
    expect((await visitor.call('POST', '/conversations', wrong)).status).toBe(400);
    const right = { departmentId: id, preChatData: { [name]: 'L' } };
    expect((await visitor.call('POST', '/conversations', right)).status).toBe(201);
  });
});

describe('the first steps', () => {
  test('are ticked by what is there, and by nothing else', async () => {
    const gus = await SignedInAgent.signIn('gus@globex.example');
    const steps = async () => (await gus.call('GET', '/admin/get-started')).json;
    expect(await steps()).toEqual({
      widget: {
        public_key: 'wk_globex',
        accent: null,
        position: null,
        launcher: 'icon',
        launcher_text: null,
        seen: null,
      },
      test_page: true,
      conversation: false,
      departments: false,
      team: false,
    });
    await gus.call('PATCH', '/admin/settings', { allowedOrigins: ['https://shop.example'] });
    await noteInstalled(openDatabase(env), world.globex.id, 'https://shop.example', new Date());
    const form = { preChatFields: [field('Order')] };
    await gus.call('PATCH', `/admin/departments/${world.globex.support}`, form);
    await gus.call('POST', '/admin/invitations', { email: 'hal@globex.example', role: 'agent' });
    expect(await steps()).toMatchObject({
      widget: { seen: { origin: 'https://shop.example' } },
      test_page: false,
      conversation: false,
      departments: true,
      team: true,
    });
    const page = await gus.call('GET', '/admin/get-started/test-chat');
    expect(page.headers.get('location')).toBe('/test-widget.html?key=wk_globex');
    // Acme has members and departments.
    expect((await ask('GET', 'get-started')).json).toMatchObject({ departments: true, team: true });
  });
});

describe('bad input names its field', () => {
  const departments: [string, unknown, string][] = [
    ['no name', {}, 'name'],
    ['an empty name', { name: '  ' }, 'name'],
    ['a long name', { name: 'x'.repeat(MAX_NAME_LENGTH + 1) }, 'name'],
    ['a description that is none', { name: 'A', description: 7 }, 'description'],
    ['a stranger', { name: 'A', memberIds: [crypto.randomUUID()] }, 'memberIds'],
    ['a field without label', { name: 'A', preChatFields: [field(' ')] }, 'preChatFields.0.label'],
    [
      'a type that is none',
      { name: 'A', preChatFields: [field('A', { type: 'date' })] },
      'preChatFields.0.type',
    ],
    [
      'two fields with one label',
      { name: 'A', preChatFields: [field('Größe'), field('GRÖSSE')] },
      'preChatFields.1.label',
    ],
    [
      'a list without choices',
      { name: 'A', preChatFields: [field('A', { type: 'select', options: [] })] },
      'preChatFields.0.options',
    ],
    [
      'an empty choice',
      { name: 'A', preChatFields: [field('A', { type: 'select', options: ['S', ''] })] },
      'preChatFields.0.options.1',
    ],
    [
      'a choice twice',
      { name: 'A', preChatFields: [field('A', { type: 'select', options: ['S', 'S '] })] },
      'preChatFields.0.options',
    ],
    [
      'too many fields',
      {
        name: 'A',
        preChatFields: Array.from({ length: MAX_FORM_FIELDS + 1 }, (_, n) => field(`${n}`)),
      },
      'preChatFields',
    ],
  ];
  const settings: [string, unknown, string][] = [
    ['a colour by name', { accent: 'red' }, 'accent'],
    ['a language that is none', { locale: 'en_US!' }, 'locale'],
    ['a long greeting', { greeting: 'x'.repeat(301) }, 'greeting'],
    [
      'a path',
      { allowedOrigins: ['https://a.example', 'https://a.example/b'] },
      'allowedOrigins.1',
    ],
    ['a wildcard', { allowedOrigins: ['https://*.a.example'] }, 'allowedOrigins.0'],
    ['a host alone', { allowedOrigins: ['a.example'] }, 'allowedOrigins.0'],
    // It would end the directive that the frame's policy has it in.
    ['a directive', { allowedOrigins: ['https://a;script-src'] }, 'allowedOrigins.0'],
  ];
  const responses: [string, unknown, string][] = [
    ['a shortcut with a space', { shortcut: 'a b', body: 'x' }, 'shortcut'],
    ['no text', { shortcut: 'a', body: '' }, 'body'],
  ];
  const labels: [string, unknown, string][] = [
    ['no name', { name: '', color: '#aa3300' }, 'name'],
    ['no colour', { name: 'Bug', color: 'url(x)' }, 'color'],
  ];

  test.each([
    ...departments.map((department) => ['POST', 'departments', ...department] as const),
    ...settings.map((setting) => ['PATCH', 'settings', ...setting] as const),
    ...responses.map((response) => ['POST', 'canned-responses', ...response] as const),
    ...labels.map((label) => ['POST', 'labels', ...label] as const),
  ])('%s %s: %s', async (method, path, _what, body, name) => {
    const { status, error } = await ask(method, path, body);
    expect([status, error.code]).toEqual([400, 'validation_failed']);
    expect(Object.keys(error.fields)).toEqual([name]);
    expect(error.fields[name]).toMatch(/^[A-Z]/);
  });
});

describe('departments', () => {
  test('that are named go first, the others follow as they were', async () => {
    const { id } = await made();
    const before = (await ask('GET', 'departments')).json.items.map(
      (item: { id: string }) => item.id,
    );
    const { json } = await ask('PUT', 'departments/order', { ids: [id] });
    const after = json.items.map((item: { id: string }) => item.id);
    expect(after).toEqual([id, ...before.filter((other: string) => other !== id)]);
    const foreign = { ids: [world.globex.support] };
    expect((await ask('PUT', 'departments/order', foreign)).status).toBe(400);
  });

  test('with open conversations are not archived; archived ones take none', async () => {
    const { id } = await made();
    const visitor = await Visitor.arrive();
    const conversation = await visitor.pick(id);
    const refused = await ask('PATCH', `departments/${id}`, { archived: true, name: 'Gone' });
    expect([refused.status, refused.error.code]).toEqual([409, 'conflict']);
    await visitor.call('POST', `/conversations/${conversation.id}/close`);
    const done = await ask('PATCH', `departments/${id}`, { archived: true });
    expect(done.json.department).toMatchObject({ name: 'New', archived_at: expect.any(String) });
    expect((await visitor.call('POST', '/conversations', { departmentId: id })).status).toBe(404);
    const back = await ask('PATCH', `departments/${id}`, { archived: false });
    expect(back.json.department.archived_at).toBe(null);
    expect((await visitor.call('POST', '/conversations', { departmentId: id })).status).toBe(201);
  });
});

test('origins are kept as browsers send them, once each', async () => {
  const allowedOrigins = [' https://Shop.Example/ ', 'https://shop.example:443', 'http://a.b:8080'];
  const { json } = await ask('PATCH', 'settings', { allowedOrigins, accent: '#ABCDEF' });
  expect(json.settings).toMatchObject({
    allowed_origins: ['https://shop.example', 'http://a.b:8080'],
    accent: '#abcdef',
  });
  expect((await ask('PATCH', 'settings', { allowedOrigins: [], accent: null })).status).toBe(200);
});

test('a shortcut or a name that is taken is a conflict, and nothing changes', async () => {
  await ask('POST', 'canned-responses', { shortcut: 'Hello', body: 'Hello' });
  const duplicate = await ask('POST', 'canned-responses', { shortcut: 'hello', body: 'Again' });
  expect([duplicate.status, duplicate.error.code]).toEqual([409, 'conflict']);
  expect(Object.keys(duplicate.error.fields)).toEqual(['shortcut']);
  const { json } = await ask('GET', 'canned-responses');
  expect(json.items).toMatchObject([{ shortcut: 'hello', body: 'Hello' }]);
  await ask('POST', 'labels', { name: 'Bug', color: '#aa3300' });
  expect((await ask('POST', 'labels', { name: 'Bug', color: '#aa3300' })).status).toBe(409);
});

test(`more than ${MAX_LABELS} labels do not fit`, async () => {
  const { items } = (await ask('GET', 'labels')).json;
  for (let n = items.length; n < MAX_LABELS; n += 1) {
    expect((await ask('POST', 'labels', { name: `${n}`, color: '#aa3300' })).status).toBe(201);
  }
  const { status, error } = await ask('POST', 'labels', { name: 'One more', color: '#aa3300' });
  expect([status, error.code]).toEqual([409, 'conflict']);
});

describe('A30: one save is one request, and open dashboards need none', () => {
  /** The items of a list as an agent's own route answers them. */
  const listOf = async (agent: SignedInAgent, path: string) =>
    (await agent.call('GET', `/admin/${path}`)).json.items;

  test('each dashboard gets the record as its own list has it; another organization gets nothing', async () => {
    const dashboards = [
      { agent: olive, socket: await olive.socket('/inbox/socket') },
      { agent: amos, socket: await amos.socket('/inbox/socket') },
      { agent: amos, socket: await amos.socket('/inbox/socket') },
    ];
    const gus = await (await SignedInAgent.signIn('gus@globex.example')).socket('/inbox/socket');
    const { id } = await made();
    const { json } = await ask('PATCH', `departments/${id}`, { name: 'Renamed' });
    expect(json.department).toMatchObject({ id, name: 'Renamed' });
    for (const { agent, socket } of dashboards) {
      const frame = await socket.next('setup', ({ version }) => version === json.version);
      expect(frame).toEqual({
        type: 'setup',
        what: 'departments',
        version: json.version,
        items: [json.department],
        removed: [],
      });
      expect(await listOf(agent, 'departments')).toContainEqual(frame.items?.[0]);
    }
    expect(gus.frames.filter(({ type }) => type === 'setup')).toEqual([]);
  });

  test('the numbers of a kind have no gap, and a new socket is told the last', async () => {
    const socket = await amos.socket('/inbox/socket');
    const { versions } = await socket.next('versions');
    const color = '#aa3300';
    const [label] = await listOf(amos, 'labels');
    const changed = await ask('PUT', `labels/${label.id}`, { name: 'Renamed', color });
    const first = await socket.next('setup', ({ what }) => what === 'labels');
    expect(first).toMatchObject({ items: [{ id: label.id, name: 'Renamed' }] });
    expect(first.version).toBe((versions.labels?.version ?? 0) + 1);
    expect(changed.json.version).toBe(first.version);
    await ask('DELETE', `labels/${label.id}`);
    const second = await socket.next('setup', ({ what }) => what === 'labels');
    expect(second).toMatchObject({ items: [], removed: [label.id] });
    expect(second.version).toBe((first.version ?? 0) + 1);
    const next = await amos.socket('/inbox/socket');
    expect((await next.next('versions')).versions.labels).toEqual({
      version: second.version,
      age: expect.any(Number),
    });
  });

  test('nobody is told what their role may not read', async () => {
    const hers = await olive.socket('/inbox/socket');
    const his = await amos.socket('/inbox/socket');
    const { json } = await ask('PATCH', 'settings', { greeting: 'Hej' });
    const frame = await hers.next('setup', ({ what }) => what === 'settings');
    expect(frame).toMatchObject({ version: json.version, items: [json.settings] });
    const invited = await ask('POST', 'invitations', { email: 'new@acme.example', role: 'agent' });
    const { invitation } = invited.json;
    expect(await hers.next('setup', ({ what }) => what === 'invitations')).toMatchObject({
      items: [invitation],
    });
    await ask('DELETE', `invitations/${invitation.id}`);
    expect(await hers.next('setup', ({ what }) => what === 'invitations')).toMatchObject({
      removed: [invitation.id],
    });
    const secret = await ask('POST', 'identity-secrets');
    const secrets = await hers.next('setup', ({ what }) => what === 'identity_secrets');
    expect(secrets.items).toEqual([secret.json.identity_secret]);
    expect(JSON.stringify(secrets)).not.toContain(secret.json.secret);
    // Dashboards of the version before load invitations with the members, who are everybody's.
    await his.next('setup', ({ what }) => what === 'members');
    const seen = his.frames.flatMap((frame) => (frame.type === 'setup' ? [frame.what] : []));
    expect(new Set(seen)).toEqual(new Set(['members']));
  });

  test('a response, opening hours and a role come with their frames', async () => {
    const his = await amos.socket('/inbox/socket');
    const next = async (kind: string) => await his.next('setup', ({ what }) => what === kind);
    const response = await ask('POST', 'canned-responses', { shortcut: 'live', body: 'x' });
    expect((await next('canned_responses')).items).toEqual([response.json.canned_response]);
    const weekly = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
    const hours = { name: 'Live', timezone: 'UTC', weekly, exceptions: [] };
    const schedule = await ask('POST', 'schedules', hours);
    expect((await next('schedules')).items).toEqual([schedule.json.schedule]);
    await ask('DELETE', `schedules/${schedule.json.schedule.id}`);
    expect((await next('schedules')).removed).toEqual([schedule.json.schedule.id]);
    const { member } = await hire(world.acme.id, 'Lena', []);
    await ask('PATCH', `members/${member.id}`, { departmentIds: [world.acme.sales] });
    expect((await next('departments')).items).toEqual([
      expect.objectContaining({ id: world.acme.sales }),
    ]);
    expect((await next('members')).items).toEqual([member]);
  });
});
