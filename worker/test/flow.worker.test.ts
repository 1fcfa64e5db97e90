import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test } from 'vitest';
import { conversationObject } from '../conversation/calls/address.ts';
import { SignedInAgent, settleWorld, Visitor } from './world.ts';

/** The user's document, from opening the widget to coming back, through the whole Worker. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

describe('a visitor and an agent', () => {
  test('talk, and each sees the other at once', async () => {
    const inbox = await amos.socket('/inbox/socket');
    await inbox.next('presence', ({ online }) => online.some(({ name }) => name === 'Amos'));
    const visitor = await Visitor.arrive();
    expect(visitor.session.departments.map(({ name }) => name)).toEqual(['Sales', 'Billing']);
    const conversation = await visitor.pick(world.acme.sales, {
      preChatData: { name: 'Ada Byron', email: 'ada@example.org', size: '2 to 10' },
    });
    expect(conversation).toMatchObject({
      organization_id: world.acme.id,
      customer_id: null,
      status: 'waiting',
      department: { name: 'Sales' },
      widget_customer: {
        visitor_id: visitor.session.visitor_id,
        full_name: 'Ada Byron',
        email: 'ada@example.org',
        custom_fields: { name: 'Ada Byron', email: 'ada@example.org', size: '2 to 10' },
      },
    });
    await inbox.next('conversation', ({ conversation: { id } }) => id === conversation.id);

    const visitorSocket = await visitor.socket(conversation.id);
    expect(await visitorSocket.hello()).toMatchObject({ last_seq: 0, messages: [], more: false });
    expect(await visitorSocket.send('Hello?')).toMatchObject({ seq: 1 });
    const list = await amos.call('GET', '/admin/conversations');
    expect(list.json.items[0]).toMatchObject({ id: conversation.id, assignee: null });

    const agentSocket = await amos.socket(`/conversations/${conversation.id}/socket`);
    expect((await agentSocket.hello()).messages).toMatchObject([{ seq: 1, body: 'Hello?' }]);
    await agentSocket.send('Hi Ada!');
    await visitorSocket.next('message', ({ message }) => message.event?.type === 'joined');
    expect(await visitorSocket.next('message')).toMatchObject({
      message: { seq: 3, body: 'Hi Ada!', sender: { kind: 'agent', name: 'Amos' } },
    });
    await conversationObject(env, world.acme.id, conversation.id).settle();
    const { json } = await amos.call('GET', `/admin/conversations/${conversation.id}`);
    expect(json.conversation).toMatchObject({
      status: 'active',
      assignee: { name: 'Amos' },
      last_message_preview: 'Hi Ada!',
      message_count: 2,
      widget_customer: { total_conversations: 1 },
      department: { name: 'Sales' },
    });
  });
});
