import { env } from 'cloudflare:workers';
import { and, eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import type { OpenDepartment } from '../../../protocol/resources/department.ts';
import { tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { measureReply } from './reception-store.ts';

const { conversations } = tables;

/** What a visitor is told of the departments before they choose one. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
});

async function shown(name: string, more: object = {}): Promise<OpenDepartment | undefined> {
  const { session } = await Visitor.arrive('wk_acme', undefined, more);
  return session.departments.find((department) => department.name === name);
}

const change = (id: string, body: object) => olive.call('PATCH', `/admin/departments/${id}`, body);

describe('who is there', () => {
  test('is the agents who serve the department and have a dashboard open, by name only', async () => {
    const { billing, users } = world.acme;
    expect(await shown('Billing')).toMatchObject({ online: [] });
    const dashboard = await amos.socket('/inbox/socket');
    await dashboard.next('presence');
    expect((await shown('Billing'))?.online).toEqual([{ name: 'Amos' }]);
    // Whoever is away does not count as there.
    dashboard.say({ type: 'status', status: 'away' });
    await dashboard.next('presence', ({ away }) => away.length === 1);
    expect(await shown('Billing')).toMatchObject({ online: [], availability: { state: 'away' } });
    dashboard.say({ type: 'status', status: 'online' });
    await dashboard.next('presence', ({ online }) => online.length === 1);
    // Served by Olive alone, it has nobody there.
    await change(billing, { memberIds: [users[0]] });
    expect(await shown('Billing')).toMatchObject({ online: [] });
    await change(billing, { offline: 'hide' });
    expect(await shown('Billing')).toBe(undefined);
    await change(billing, { offline: 'show', memberIds: [] });
    dashboard.close();
    await dashboard.gone();
  });
});

describe('how soon one usually gets an answer', () => {
  test('is the median of what was answered, and nothing where too little was', async () => {
    const { id, sales } = world.acme;
    const db = openDatabase(env);
    const answered = async (seconds: number) => {
      const visitor = await Visitor.arrive();
      const conversation = await visitor.pick(sales, {
        preChatData: { name: 'Ada', email: 'ada@example.org', size: '2 to 10' },
      });
      const at = new Date(Date.parse(conversation.created_at) + seconds * 1000);
      await db
        .update(conversations)
        .set({ shelf: 'closed', status: 'closed', closed_at: at, first_response_at: at })
        .where(and(eq(conversations.organization_id, id), eq(conversations.id, conversation.id)));
    };
    await answered(60);
    await answered(7_200);
    expect(await measureReply(db, id, sales)).toBe(null);
    await answered(90);
    expect(await measureReply(db, id, sales)).toBe(90);
    expect(await measureReply(db, world.globex.id, sales)).toBe(null);
  });

  test('is told with the departments', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 8 * 86_400_000 });
    expect(await shown('Sales')).toMatchObject({ reply_seconds: 90 });
    vi.useRealTimers();
  });
});

test('a visitor who comes back is told what they have said of themselves, and nobody else', async () => {
  const visitor = await Visitor.arrive();
  expect(visitor.session.customer).toBe(null);
  await visitor.pick(world.acme.billing, { customerData: { name: 'Ada', email: 'a@b.example' } });
  const back = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
  expect(back.session.customer).toEqual({ full_name: 'Ada', email: 'a@b.example', phone: null });
  expect((await Visitor.arrive()).session.customer).toBe(null);
});

// Last: what is remembered of a department for a time is remembered at the times that these set.
describe('opening hours', () => {
  const closed = { mon: [], tue: [], wed: [], thu: [], fri: [], sat: [], sun: [] };
  const office = { timezone: 'UTC', weekly: closed, exceptions: [] };
  const follow = async (path: string, hours: object | null) => {
    let scheduleId: string | null = null;
    if (hours) {
      const named = { ...office, ...hours, name: crypto.randomUUID() };
      scheduleId = (await olive.call('POST', '/admin/schedules', named)).json.schedule.id;
    }
    expect(await olive.call('PATCH', path, { scheduleId })).toMatchObject({ status: 200 });
  };
  afterEach(() => {
    vi.useRealTimers();
  });

  test('of the organization close its departments, except those with their own hours', async () => {
    const saturday = new Date();
    saturday.setUTCDate(saturday.getUTCDate() + (6 - saturday.getUTCDay()));
    saturday.setUTCHours(12, 0, 0, 0);
    const day = (days: number) => new Date(saturday.getTime() + days * 86_400_000).toISOString();
    vi.useFakeTimers({ toFake: ['Date'], now: saturday });
    const dashboard = await amos.socket('/inbox/socket');
    await dashboard.next('presence');
    await follow('/admin/settings', { weekly: { ...closed, mon: [['09:00', '17:00']] } });
    expect(await shown('Billing')).toMatchObject({
      online: [],
      availability: {
        state: 'closed',
        opens_at: `${day(2).slice(0, 10)}T09:00:00.000Z`,
        note: null,
      },
      presence: expect.stringMatching(/^Back Monday at 9:00\sAM$/),
    });
    const billing = `/admin/departments/${world.acme.billing}`;
    await follow(billing, { weekly: { ...closed, sat: [['12:00', '14:00']] } });
    expect(await shown('Billing')).toMatchObject({
      online: [{ name: 'Amos' }],
      availability: { state: 'online', opens_at: null },
    });
    await follow(billing, {
      exceptions: [{ date: day(0).slice(0, 10), note: 'We are at a fair until Thursday' }],
    });
    expect(await shown('Billing')).toMatchObject({
      availability: { state: 'closed', opens_at: null },
      presence: 'We are at a fair until Thursday',
    });
    await follow(billing, null);
    await follow('/admin/settings', null);
    dashboard.close();
    await dashboard.gone();
  });

  test.each([
    // The evening before Berlin's clocks go back, and the one before they go forward.
    [
      '2027-10-30T20:00:00Z',
      '2027-10-31T08:00:00.000Z',
      /^Back tomorrow at 9:00\sAM \(your time 4:00\sAM\)$/,
    ],
    [
      '2027-03-27T20:00:00Z',
      '2027-03-28T07:00:00.000Z',
      /^Back tomorrow at 9:00\sAM \(your time 3:00\sAM\)$/,
    ],
  ])(
    'C15: at night before a change of clocks (%s) say the hour on the wall',
    async (now, opens, says) => {
      const daily = Object.fromEntries(
        Object.keys(closed).map((day) => [day, [['09:00', '17:00']]]),
      );
      const billing = `/admin/departments/${world.acme.billing}`;
      await follow(billing, { timezone: 'Europe/Berlin', weekly: daily });
      vi.useFakeTimers({ toFake: ['Date'], now: new Date(now) });
      const visitor = { timezone: 'America/New_York' };
      expect(await shown('Billing', visitor)).toMatchObject({
        availability: { state: 'closed', opens_at: opens },
        presence: expect.stringMatching(says),
      });
      vi.setSystemTime(Date.parse(opens) - 1_000);
      expect((await shown('Billing', visitor))?.availability.state).toBe('closed');
      vi.setSystemTime(Date.parse(opens));
      expect((await shown('Billing', visitor))?.availability.state).toBe('away');
      vi.useRealTimers();
      await follow(billing, null);
    },
  );

  test('hide a department that is to be hidden, and its id opens nothing', async () => {
    const billing = `/admin/departments/${world.acme.billing}`;
    const dashboard = await amos.socket('/inbox/socket');
    await dashboard.next('presence');
    await olive.call('PATCH', billing, { offline: 'hide' });
    const visitor = await Visitor.arrive();
    await follow(billing, {});
    expect(await shown('Billing')).toBe(undefined);
    const start = { departmentId: world.acme.billing };
    expect(await visitor.call('POST', '/conversations', start)).toMatchObject({ status: 404 });
    await follow(billing, {
      weekly: Object.fromEntries(Object.keys(closed).map((day) => [day, [['00:00', '24:00']]])),
    });
    expect((await shown('Billing'))?.availability.state).toBe('online');
    expect(await visitor.call('POST', '/conversations', start)).toMatchObject({ status: 201 });
    await follow(billing, null);
    await olive.call('PATCH', billing, { offline: 'show' });
    dashboard.close();
    await dashboard.gone();
  });

  test('take a message with an address while they are closed, and say why they ask', async () => {
    const billing = `/admin/departments/${world.acme.billing}`;
    await follow(billing, {});
    const visitor = await Visitor.arrive();
    const closed = visitor.session.departments.find(({ id }) => id === world.acme.billing);
    expect(closed).toMatchObject({
      notice: expect.stringMatching(/^.+\nLeave your e-mail address so that we can/),
      pre_chat_fields: [{ id: 'reply_address', type: 'email', required: true }],
    });
    const departmentId = world.acme.billing;
    // A widget that was open before the department closed, of any version: refused by the field.
    const refused = await visitor.call('POST', '/conversations', { departmentId });
    expect(refused).toMatchObject({
      status: 400,
      json: { error: { reasons: { 'preChatData.reply_address': 'required' } } },
    });
    const preChatData = { reply_address: ' ada@example.org ' };
    const taken = await visitor.call('POST', '/conversations', { departmentId, preChatData });
    expect(taken).toMatchObject({
      status: 201,
      json: { conversation: { pre_chat_data: {}, widget_customer: { email: 'ada@example.org' } } },
    });
    // Known from then on: nothing is asked.
    const again = await Visitor.arrive('wk_acme', visitor.session.visitorToken);
    expect(again.session.departments.find(({ id }) => id === departmentId)).toMatchObject({
      notice: null,
      pre_chat_fields: [],
    });
    // A form with a field of its own for it requires that one.
    const sales = `/admin/departments/${world.acme.sales}`;
    await follow(sales, {});
    const { session } = await Visitor.arrive();
    const form = session.departments.find(({ id }) => id === world.acme.sales)?.pre_chat_fields;
    expect(form?.filter(({ type }) => type === 'email')).toMatchObject([
      { id: 'email', required: true },
    ]);
    await follow(sales, null);
    await follow(billing, null);
    // It opened meanwhile: the address that was asked for is taken all the same.
    const late = await Visitor.arrive();
    expect(await late.call('POST', '/conversations', { departmentId, preChatData })).toMatchObject({
      status: 201,
      json: { conversation: { widget_customer: { email: 'ada@example.org' } } },
    });
  });

  test('hide all departments: when the first opens is said in their place', async () => {
    const [monday, tuesday] = [{ mon: [['09:00', '17:00']] }, { tue: [['08:00', '17:00']] }];
    const departments = [
      [world.acme.billing, monday],
      [world.acme.sales, tuesday],
    ] as const;
    for (const [id, week] of departments) {
      await follow(`/admin/departments/${id}`, { weekly: { ...closed, ...week } });
      await change(id, { offline: 'hide' });
    }
    // A Sunday.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.UTC(2030, 5, 2, 12) });
    const { session } = await Visitor.arrive();
    vi.useRealTimers();
    expect(session.departments).toEqual([]);
    expect(session.closed).toMatch(/^Back tomorrow at 9:00\sAM$/);
    for (const [id] of departments) {
      await change(id, { offline: 'show' });
      await follow(`/admin/departments/${id}`, null);
    }
    expect((await Visitor.arrive()).session.closed).toBe(null);
  });
});
