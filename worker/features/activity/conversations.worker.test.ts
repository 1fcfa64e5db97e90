import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { ActivityRecord } from '../../../protocol/resources/activity.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { SignedInAgent, SOON, settleWorld, Visitor } from '../../test/world.ts';

/** What is done with conversations, in the activity log: Y6 and Y7 of docs/spec.md. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;
let amosId: string;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
  amosId = world.acme.users[1] ?? '';
});

async function record(recordConversations: boolean): Promise<void> {
  const path = '/admin/activity/settings';
  const { status, json } = await olive.call('PATCH', path, { recordConversations });
  expect([status, json.settings?.conversations]).toEqual([200, recordConversations]);
}

async function start() {
  const visitor = await Visitor.arrive();
  return { visitor, id: (await visitor.pick(world.acme.billing)).id };
}

const change = (id: string, body: object) => amos.call('PATCH', `/admin/conversations/${id}`, body);

/** What the log has of a conversation, the oldest first. */
async function read(id: string): Promise<ActivityRecord[]> {
  const { json } = await olive.call('GET', `/admin/activity?subject=${id}&limit=100`);
  return json.items.toReversed();
}

const kinds = async (id: string) => (await read(id)).map(({ kind }) => kind);

describe('Y6: what is done with conversations', () => {
  test('is not recorded until the organization wants it, and from then on', async () => {
    const { visitor, id } = await start();
    const socket = await visitor.socket(id);
    await socket.hello();
    await change(id, { priority: 'high' });
    expect(await read(id)).toEqual([]);
    await record(true);
    // The conversation learns of it with its next change, which is recorded as well.
    await change(id, { assigneeId: amosId });
    await vi.waitFor(async () => expect(await kinds(id)).toHaveLength(1), SOON);
    await socket.send('My secret');
    await change(id, { priority: 'low' });
    await visitor.call('POST', `/conversations/${id}/close`);
    await vi.waitFor(async () => expect(await kinds(id)).toHaveLength(3), SOON);
    const by = { kind: 'agent', id: amosId, name: 'Amos' };
    const subject = { type: 'conversation', id, name: null };
    const recorded = await read(id);
    expect(recorded).toMatchObject([
      {
        area: 'conversations',
        kind: 'conversation.assigned',
        actor: by,
        subject,
        before: { assignee: null },
        after: { assignee: 'Amos' },
      },
      {
        kind: 'conversation.prioritized',
        before: { priority: 'high' },
        after: { priority: 'low' },
      },
      {
        kind: 'conversation.closed',
        actor: { kind: 'visitor' },
        after: { reason: 'visitor_left' },
      },
    ]);
    expect(JSON.stringify(recorded)).not.toContain('secret');

    // Found by who did it and by the area, and in the export.
    const narrowed = `/admin/activity?kind=conversations&actor=${amosId}`;
    const { json } = await olive.call('GET', narrowed);
    expect(json.items.map((item: ActivityRecord) => item.id)).toEqual(
      [recorded[1], recorded[0]].map((item) => item?.id),
    );
    const file = await olive.file(`/admin/activity/export?subject=${id}`);
    expect((await file.text()).trimEnd().split('\r\n')).toHaveLength(4);

    await record(false);
    await change(id, { status: 'active' });
    await change(id, { priority: 'urgent' });
    expect(await kinds(id)).toHaveLength(3);
  });

  test('a department is called by its name, and every change of the setting is recorded', async () => {
    await record(true);
    const { id } = await start();
    await change(id, { departmentId: world.acme.sales });
    await vi.waitFor(async () => expect(await kinds(id)).toHaveLength(1), SOON);
    expect((await read(id))[0]).toMatchObject({
      kind: 'conversation.moved',
      before: { department: 'Billing' },
      after: { department: 'Sales' },
    });
    const { json } = await olive.call('GET', '/admin/activity?kind=activity.settings_changed');
    expect(json.items[0]).toMatchObject({
      before: { conversations: false },
      after: { conversations: true },
    });
  });
});

describe('Y7: what is done is in the log once', () => {
  test('after a retry, a rebuild, and a death', async () => {
    await record(true);
    const { id } = await start();
    await change(id, { assigneeId: amosId });
    await change(id, { priority: 'high' });
    await vi.waitFor(async () => expect(await kinds(id)).toHaveLength(2), SOON);
    const recorded = await read(id);
    const object = conversationObject(env, world.acme.id, id);

    // A retry that doubts what the database has, and the rebuild.
    expect(await object.settle()).toBe(true);
    await object.reproject();
    expect(await read(id)).toEqual(recorded);
    // An object that died before the database answered comes with it again.
    await evictDurableObject(object);
    await change(id, { priority: 'low' });
    await vi.waitFor(async () => expect(await kinds(id)).toHaveLength(3), SOON);
    expect((await read(id)).slice(0, 2)).toEqual(recorded);
  });
});
