import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StartedConversation } from '../../../protocol/conversation/visitor-conversation.ts';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';

/** Claimed, assigned, moved, closed and opened again: what each side sees of it, and who wins. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;
let olive: SignedInAgent;
let visitor: Visitor;
let conversation: StartedConversation;
let theirs: TestSocket;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
  olive = await SignedInAgent.signIn('olive@acme.example');
});

beforeEach(async () => {
  visitor = await Visitor.arrive();
  conversation = await visitor.pick(world.acme.billing);
  theirs = await visitor.socket(conversation.id);
  await theirs.hello();
});

const path = (rest = '') => `/conversations/${conversation.id}${rest}`;
const patch = (agent: SignedInAgent, body: object) => agent.call('PATCH', `/admin${path()}`, body);
const claim = (agent: SignedInAgent) => agent.call('POST', `/admin${path('/claim')}`);

async function events(): Promise<string[]> {
  const { json } = await amos.call('GET', `/admin${path('/messages')}`);
  return json.items.flatMap((item: { event?: { type: string } }) => item.event?.type ?? []);
}

/** What the lists have, which is what the database has. */
async function listed() {
  const { json } = await amos.call('GET', `/admin${path()}`);
  return json.conversation;
}

describe('a claim', () => {
  test('by two agents at once succeeds for one, and the other learns for whom', async () => {
    const answers = await Promise.all([claim(amos), claim(olive)]);
    const [won] = answers.filter(({ status }) => status === 200);
    const [lost] = answers.filter(({ status }) => status === 409);
    const winner = won?.json.conversation.assignee.name;
    expect(['Amos', 'Olive']).toContain(winner);
    expect(lost?.json.error).toEqual({
      code: 'already_claimed',
      message: `${winner} has this conversation.`,
    });
    expect(await events()).toEqual(['joined']);
    expect(await listed()).toMatchObject({ assignee: { name: winner }, status: 'waiting' });
  });

  test('by the assignee changes nothing', async () => {
    await claim(amos);
    expect(await claim(amos)).toMatchObject({ status: 200 });
    expect(await events()).toEqual(['joined']);
  });

  test('happens with the first answer, too', async () => {
    const socket = await olive.socket(path('/socket'));
    await socket.hello();
    await socket.send('Hello!');
    expect(await claim(amos)).toMatchObject({
      status: 409,
      json: { error: { message: 'Olive has this conversation.' } },
    });
    const head = await theirs.next('conversation', ({ conversation: { assignee } }) => !!assignee);
    expect(head.conversation).toMatchObject({ status: 'active', assignee: { name: 'Olive' } });
    await vi.waitFor(async () => {
      expect(await listed()).toMatchObject({
        status: 'active',
        waiting_since: null,
        first_response_at: expect.any(String),
      });
    }, SOON);
  });

  test('of a closed conversation is refused', async () => {
    await patch(amos, { status: 'closed' });
    expect(await claim(amos)).toMatchObject({
      status: 409,
      json: { error: { code: 'conversation_closed' } },
    });
  });

  test('an answer by somebody else does not take it away', async () => {
    await claim(amos);
    const id = crypto.randomUUID();
    await olive.call('POST', `/admin${path('/messages')}`, { id, body: 'Me too' });
    expect(await listed()).toMatchObject({ assignee: { name: 'Amos' } });
  });
});

describe('assigning', () => {
  test('to a member, to nobody, and to the same again', async () => {
    const [oliveId] = world.acme.users;
    const assigned = await patch(amos, { assigneeId: oliveId });
    expect(assigned.json.conversation.assignee).toEqual({ id: oliveId, name: 'Olive' });
    await patch(amos, { assigneeId: oliveId });
    expect(await events()).toEqual(['assigned']);
    expect((await patch(amos, { assigneeId: null })).json.conversation.assignee).toBeNull();
    expect(await listed()).toMatchObject({ assignee: null });
  });

  test('to an unknown member is refused, and the error names the field', async () => {
    expect(await patch(amos, { assigneeId: 'nobody' })).toMatchObject({
      status: 400,
      json: { error: { fields: { assigneeId: "This member doesn't exist." } } },
    });
    expect(await events()).toEqual([]);
  });
});

describe('moving to another department', () => {
  test('is an event that both sides see', async () => {
    const moved = await patch(amos, { departmentId: world.acme.sales });
    expect(moved.json.conversation).toMatchObject({ department_id: world.acme.sales });
    expect((await theirs.next('message')).message).toMatchObject({
      event: {
        type: 'department_changed',
        department: { id: world.acme.sales, name: 'Sales' },
      },
    });
    await theirs.next(
      'conversation',
      ({ conversation: { department_id } }) => department_id === world.acme.sales,
    );
    expect(await listed()).toMatchObject({ department: { name: 'Sales' } });
  });

  test('is refused where the visitor has another one open', async () => {
    await visitor.pick(world.acme.sales, { preChatData: { name: 'Ada', email: 'a@b.example' } });
    expect(await patch(amos, { departmentId: world.acme.sales })).toMatchObject({
      status: 409,
      json: {
        error: {
          code: 'conflict',
          message: 'Ada has another open conversation in that department.',
        },
      },
    });
    expect(await listed()).toMatchObject({ department: { name: 'Billing' } });
    // They gave their name in the other one.
    expect(await events()).toEqual(['customer_changed']);
  });

  test("to another organization's department is refused as unknown", async () => {
    expect(await patch(amos, { departmentId: world.globex.support })).toMatchObject({
      status: 400,
      json: { error: { fields: { departmentId: "This department doesn't exist." } } },
    });
  });

  test('of a closed conversation is refused', async () => {
    await patch(amos, { status: 'closed' });
    expect(await patch(amos, { departmentId: world.acme.sales })).toMatchObject({
      status: 409,
      json: { error: { code: 'conversation_closed' } },
    });
    expect(await listed()).toMatchObject({ department: { name: 'Billing' }, status: 'closed' });
  });
});

describe('closing', () => {
  test('by the agent reaches the visitor, and a later message is refused and not lost', async () => {
    const acked = await theirs.send('Before');
    await patch(amos, { status: 'closed', closedReason: 'spam' });
    expect((await theirs.next('message')).message.event).toEqual({
      type: 'closed',
      reason: 'spam',
    });
    const { conversation: head } = await theirs.next('conversation');
    expect(head).toMatchObject({ status: 'closed', closed_reason: 'spam' });
    expect(head.closed_at).toEqual(expect.any(String));

    const id = crypto.randomUUID();
    theirs.say({ type: 'send', id, body: 'After' });
    expect(await theirs.next('error')).toMatchObject({ code: 'conversation_closed', id });
    const posted = await visitor.call('POST', path('/messages'), { id, body: 'After' });
    expect(posted).toMatchObject({
      status: 409,
      json: { error: { code: 'conversation_closed' } },
    });
    // What was accepted before stays accepted (P4).
    expect(await theirs.send('Before', { id: acked.id })).toEqual(acked);
  });

  test('by the visitor reaches the agent, and keeps its first reason', async () => {
    const ours = await amos.socket(path('/socket'));
    await ours.hello();
    const closed = await visitor.call('POST', path('/close'));
    expect(closed.json.conversation).toMatchObject({
      status: 'closed',
      closed_reason: 'visitor_left',
    });
    await ours.next('conversation', ({ conversation: { status } }) => status === 'closed');
    await patch(amos, { status: 'closed', closedReason: 'resolved' });
    expect((await visitor.call('POST', path('/close'))).status).toBe(200);
    expect(await listed()).toMatchObject({
      status: 'closed',
      closed_reason: 'visitor_left',
      waiting_since: null,
    });
    expect(await events()).toEqual(['closed']);
  });

  test('by both at once closes once', async () => {
    await Promise.all([visitor.call('POST', path('/close')), patch(amos, { status: 'closed' })]);
    expect(await events()).toEqual(['closed']);
  });

  test('allows a new one in the department', async () => {
    await visitor.call('POST', path('/close'));
    const next = await visitor.pick(world.acme.billing);
    expect(next.id).not.toBe(conversation.id);
    expect(await amos.call('GET', `/admin/customers/${next.widget_customer_id}`)).toMatchObject({
      json: { widget_customer: { total_conversations: 2 } },
    });
  });
});

describe('opening again', () => {
  test('lets both go on writing, and the numbers go on', async () => {
    await theirs.send('One');
    await patch(amos, { status: 'closed' });
    const reopened = await patch(amos, { status: 'active' });
    expect(reopened.json.conversation).toMatchObject({
      status: 'waiting',
      closed_at: null,
      closed_reason: null,
    });
    expect(await theirs.send('Two')).toMatchObject({ seq: 4 });
    expect(await events()).toEqual(['closed', 'reopened']);
    await vi.waitFor(async () => {
      expect(await listed()).toMatchObject({ status: 'waiting', last_message_preview: 'Two' });
    }, SOON);
  });

  test('is refused where the visitor has gone on in another one', async () => {
    await visitor.call('POST', path('/close'));
    await visitor.pick(world.acme.billing);
    expect(await patch(amos, { status: 'active' })).toMatchObject({
      status: 409,
      json: { error: { code: 'conflict' } },
    });
    expect(await listed()).toMatchObject({ status: 'closed' });
    expect(await events()).toEqual(['closed']);
  });

  test('leaves no entry where the conversation is open', async () => {
    expect((await patch(amos, { status: 'active' })).status).toBe(200);
    expect(await events()).toEqual([]);
  });

  test('may come with a move and an assignee, in one request', async () => {
    await patch(amos, { status: 'closed' });
    const [oliveId] = world.acme.users;
    const body = { status: 'active', departmentId: world.acme.sales, assigneeId: oliveId };
    expect((await patch(amos, body)).status).toBe(200);
    expect(await events()).toEqual(['closed', 'reopened', 'department_changed', 'assigned']);
    expect(await listed()).toMatchObject({
      department: { name: 'Sales' },
      assignee: { name: 'Olive' },
    });
  });
});

test("the customer's new name is in the lists and on what they say next", async () => {
  const ours = await amos.socket(path('/socket'));
  await ours.hello();
  const { json } = await visitor.call('PATCH', '/customer', { name: 'Ada', email: '' });
  expect(json.widget_customer).toMatchObject({ full_name: 'Ada', email: null });
  await ours.next(
    'conversation',
    ({ conversation: head }) => 'customer' in head && head.customer.full_name === 'Ada',
  );
  await theirs.send('It is me');
  // P11: the new name is an entry by the visitor.
  expect((await ours.next('message')).message).toMatchObject({
    by: { kind: 'visitor' },
    event: { type: 'customer_changed', changed: ['full_name'], full_name: 'Ada' },
  });
  expect((await ours.next('message')).message.sender).toMatchObject({ name: 'Ada' });
  expect(await listed()).toMatchObject({ customer: { full_name: 'Ada' } });
});
