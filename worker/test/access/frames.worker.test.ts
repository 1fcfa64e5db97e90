import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { type UpFrame, upFrame } from '../../../protocol/frames/up.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { openDatabase } from '../../database/database.ts';
import { restrictAgents, serveDepartments } from '../../features/team/store.ts';
import type { TestSocket } from '../socket.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from '../world.ts';

/**
 * Who receives what: every frame that a browser may send, from either side of a conversation. The
 * frames come from the protocol itself, so a new one is in this table or the test fails.
 *
 * - by: the visitor, or the agent who has the conversation
 * - answer: what whoever said it gets, an error by its code
 * - tab: the visitor's other tab; colleague: another agent who has the conversation open
 * - inbox: a dashboard of the organization
 * - others: another visitor of the organization, a dashboard of another organization, and one of an
 *   agent who is shown only other departments
 */
const TABLE = `
said            by       answer             tab      colleague  inbox         others
hello           visitor  welcome            -        -          -             -
hello           agent    welcome            -        -          -             -
hello broken    visitor  validation_failed  -        -          -             -
hello broken    agent    validation_failed  -        -          -             -
send            visitor  ack                message  message    conversation  -
send            agent    ack                message  message    conversation  -
send note       visitor  forbidden          -        -          -             -
send note       agent    ack                -        message    conversation  -
send mentions   visitor  forbidden          -        -          -             -
send mentions   agent    ack                -        message    conversation  -
send event      visitor  validation_failed  -        -          -             -
send event      agent    validation_failed  -        -          -             -
send broken     visitor  validation_failed  -        -          -             -
send broken     agent    validation_failed  -        -          -             -
typing          visitor  -                  typing   typing     -             -
typing          agent    -                  typing   typing     -             -
typing a note   visitor  -                  -        -          -             -
typing a note   agent    -                  -        typing     -             -
typing broken   visitor  validation_failed  -        -          -             -
typing broken   agent    validation_failed  -        -          -             -
read            visitor  -                  read     read       -             -
read            agent    -                  read     read       -             -
read broken     visitor  validation_failed  -        -          -             -
read broken     agent    validation_failed  -        -          -             -
page            visitor  -                  -        page       -             -
page            agent    -                  -        -          -             -
page broken     visitor  validation_failed  -        -          -             -
page broken     agent    validation_failed  -        -          -             -
`;

const ROWS = TABLE.split('\n').filter((line) => line.trim() !== '');

/** Frames of each type: right ones, and one whose type alone is right. */
const FRAMES: Record<UpFrame['type'], Record<string, object>> = {
  hello: { hello: { after: 0 }, 'hello broken': { after: -1 } },
  send: {
    send: { id: crypto.randomUUID(), body: 'Hello' },
    'send note': { id: crypto.randomUUID(), body: 'Between us', kind: 'note' },
    'send mentions': {
      id: crypto.randomUUID(),
      body: '@Olive?',
      kind: 'note',
      mentions: [crypto.randomUUID()],
    },
    'send event': { id: crypto.randomUUID(), body: 'Closed.', kind: 'event' },
    'send broken': { id: 'mine', body: '' },
  },
  typing: {
    typing: { typing: true },
    'typing a note': { typing: true, note: true },
    'typing broken': { typing: 'yes' },
  },
  read: { read: { seq: 5 }, 'read broken': { seq: 'all' } },
  page: {
    page: { url: 'https://shop.example/cart', title: 'Cart' },
    'page broken': { url: 'https://shop.example/cart' },
  },
};

const framesUp = upFrame.options.flatMap(({ shape }) => {
  const type = shape.type.value;
  return Object.entries(FRAMES[type]).map(([name, frame]) => ({ name, frame: { type, ...frame } }));
});
const cases = framesUp.flatMap((each) =>
  (['visitor', 'agent'] as const).map((by) => ({ ...each, by })),
);

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;
let dashboard: TestSocket;
let foreignDashboard: TestSocket;
let restrictedDashboard: TestSocket;
let stranger: TestSocket;

beforeAll(async () => {
  world = await settleWorld();
  const { id, sales, billing, users } = world.acme;
  await restrictAgents(openDatabase(env), id, true);
  await serveDepartments(openDatabase(env), id, users[1] ?? '', [billing]);
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
  const gus = await SignedInAgent.signIn('gus@globex.example');
  const { agent: rita } = await hire(id, 'Rita', [sales]);
  restrictedDashboard = await rita.socket('/inbox/socket');
  await restrictedDashboard.next('presence');
  dashboard = await olive.socket('/inbox/socket');
  foreignDashboard = await gus.socket('/inbox/socket');
  await foreignDashboard.next('presence');
  const eve = await Visitor.arrive();
  stranger = await eve.socket((await eve.pick(world.acme.billing)).id);
  await stranger.hello();
});

/** A conversation that Amos has, with everybody in it; the last word is not the speaker's. */
async function scene(by: 'visitor' | 'agent') {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  await amos.call('POST', `/admin/conversations/${id}/claim`);
  const path = `/conversations/${id}/socket`;
  const sockets = {
    visitor: await visitor.socket(id),
    tab: await visitor.socket(id),
    agent: await amos.socket(path),
    colleague: await olive.socket(path),
  };
  for (const socket of Object.values(sockets)) await socket.hello();
  await sockets.agent.send('A note', { kind: 'note' });
  await sockets.visitor.send('Is anybody there?');
  await sockets.agent.send('I am.');
  if (by === 'agent') await sockets.visitor.send('Good.');
  await quiet(id, Object.values(sockets));
  return { id, ...sockets };
}

/** What each conversation's priority was set to last. */
const priorities = new Map<string, string>();

/** Waits until all that was said has been heard everywhere; what was heard is still there. */
async function expectHeard(id: string, sockets: readonly TestSocket[]): Promise<void> {
  for (const socket of sockets) await socket.settle();
  // The dashboard hears last that the conversation became urgent, or is normal again.
  const next = priorities.get(id) === 'urgent' ? 'normal' : 'urgent';
  priorities.set(id, next);
  const before = sockets.map(({ frames }) => frames.length);
  await amos.call('PATCH', `/admin/conversations/${id}`, { priority: next });
  await dashboard.next(
    'conversation',
    ({ conversation }) =>
      conversation.id === id && 'priority' in conversation && conversation.priority === next,
  );
  for (const [index, socket] of sockets.entries()) {
    await socket.settle();
    socket.frames.splice(before[index] ?? 0);
  }
}
async function quiet(id: string, sockets: readonly TestSocket[]): Promise<void> {
  await expectHeard(id, sockets);
  for (const socket of [...sockets, dashboard, stranger, foreignDashboard, restrictedDashboard]) {
    socket.frames.length = 0;
  }
}

const names = ({ frames }: TestSocket) =>
  frames.map((frame) => (frame.type === 'error' ? frame.code : frame.type)).join(' ') || '-';

describe('who hears what (P5, P6)', () => {
  test('every frame is in the table', () => {
    const named = ROWS.slice(1).map((row) =>
      row
        .slice(0, 24)
        .trim()
        .split(/\s{2,}/)
        .join(' by '),
    );
    expect(named).toEqual(cases.map(({ name, by }) => `${name} by ${by}`));
  });

  test.each(cases)('$name by $by', async ({ name, frame, by }) => {
    const { id, ...sockets } = await scene(by);
    sockets[by].raw(JSON.stringify(frame));
    await sockets[by].settle();
    // What is said in a burst is told to the lists within a second: now, then.
    if (frame.type === 'send') await conversationObject(env, world.acme.id, id).settle();
    await expectHeard(id, Object.values(sockets));
    const others =
      [stranger, foreignDashboard, restrictedDashboard].map(names).find((what) => what !== '-') ??
      '-';
    const cells = [sockets[by], sockets.tab, sockets.colleague, dashboard].map(names);
    const widths = [16, 9, 19, 9, 11, 14, 0];
    const row = [name, by, ...cells, others].map((cell, index) => cell.padEnd(widths[index] ?? 0));
    expect(ROWS).toContain(row.join(''));
    for (const socket of Object.values(sockets)) socket.close();
  });

  test('what a colleague reads, the lists show at once', async () => {
    const { id, ...sockets } = await scene('agent');
    sockets.colleague.say({ type: 'read', seq: 5 });
    const { conversation } = await dashboard.next(
      'conversation',
      (it) => it.conversation.id === id,
    );
    expect(conversation).toMatchObject({ agent_read_seq: 5 });
    for (const socket of Object.values(sockets)) socket.close();
  });
});
