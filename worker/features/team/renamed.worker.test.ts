import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { conversationObject } from '../../conversation/calls/address.ts';
import { hire, SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';

/** A22: an agent takes another name, and everybody sees it. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let renamed: Awaited<ReturnType<typeof hire>>;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  renamed = await hire(world.acme.id, 'Former', [world.acme.billing]);
});

describe('A22: another name', () => {
  test('A22: shows in lists, heads, widgets, presence and notes', async () => {
    const { agent, id: userId } = renamed;
    const visitor = await Visitor.arrive();
    const started = await visitor.pick(world.acme.billing);
    const path = `/admin/conversations/${started.id}`;
    await agent.call('POST', `${path}/claim`);
    const other = await (await Visitor.arrive()).pick(world.acme.billing);
    await agent.call('POST', `/admin/conversations/${other.id}/claim`);
    await agent.call('PATCH', `/admin/conversations/${other.id}`, { status: 'closed' });
    const notes = `/admin/customers/${started.widget_customer_id}/notes`;
    await agent.call('POST', notes, { body: 'Prefers the phone' });

    const visitorSocket = await visitor.socket(started.id);
    await visitorSocket.hello();
    const agentSocket = await olive.socket(`/conversations/${started.id}/socket`);
    await agentSocket.hello();
    const inbox = await olive.socket('/inbox/socket');
    const own = await agent.socket('/inbox/socket');
    const named = { assignee: { id: userId, name: 'New Name' } };

    expect((await agent.call('PATCH', '/admin/me', { name: 'New Name' })).status).toBe(200);
    for (const socket of [visitorSocket, agentSocket]) {
      const frame = await socket.next(
        'conversation',
        ({ conversation }) => conversation.assignee?.name === 'New Name',
      );
      expect(frame.conversation).toMatchObject(named);
    }
    // Their own tabs come back under the new name, and so their colleagues see it.
    expect((await own.gone()).code).toBe(1012);
    const back = await agent.socket('/inbox/socket');
    await inbox.next('presence', ({ online }) => online.some(({ name }) => name === 'New Name'));
    await inbox.next('conversation', ({ conversation }) => conversation.id === started.id);

    await conversationObject(env, world.acme.id, started.id).settle();
    const listed = async (query: string, id: string) => {
      const { json } = await olive.call('GET', `/admin/conversations?${query}`);
      return json.items.find((item: { id: string }) => item.id === id);
    };
    expect(await listed(`assignee=${userId}`, started.id)).toMatchObject(named);
    // A closed one is not touched, and still is listed under the name of today.
    expect(await listed('status=closed', other.id)).toMatchObject(named);
    const closed = await olive.call('GET', `/admin/conversations/${other.id}`);
    expect(closed.json.conversation).toMatchObject(named);
    const customer = await olive.call('GET', `/admin/customers/${other.widget_customer_id}`);
    expect(customer.json.conversations[0]).toMatchObject(named);
    const { json: noted } = await olive.call('GET', notes);
    expect(noted.items[0].author).toEqual(named.assignee);

    const reopened = await olive.call('PATCH', `/admin/conversations/${other.id}`, {
      status: 'active',
    });
    expect(reopened.json.conversation).toMatchObject(named);
    for (const socket of [visitorSocket, agentSocket, inbox, back]) socket.close();
  });

  test('A22: what was said keeps the name of then, what is said next has the new one', async () => {
    const { agent } = renamed;
    const visitor = await Visitor.arrive();
    const { id } = await visitor.pick(world.acme.billing);
    const say = (body: string) =>
      agent.call('POST', `/admin/conversations/${id}/messages`, { id: crypto.randomUUID(), body });
    await agent.call('PATCH', '/admin/me', { name: 'Earlier' });
    await say('One');
    await agent.call('PATCH', '/admin/me', { name: 'Later' });
    await say('Two');
    const { json } = await visitor.call('GET', `/conversations/${id}/messages`);
    const names = json.items.flatMap((item: { kind: string; sender: { name: string } }) =>
      item.kind === 'text' ? item.sender.name : [],
    );
    expect(names).toEqual(['Earlier', 'Later']);
    await vi.waitFor(async () => {
      const head = await olive.call('GET', `/admin/conversations/${id}`);
      expect(head.json.conversation.assignee.name).toBe('Later');
    }, SOON);
  });
});
