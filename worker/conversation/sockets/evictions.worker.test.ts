import { evictDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { beforeAll, expect, test } from 'vitest';
import type { TestSocket } from '../../test/socket.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';
import { conversationObject } from '../calls/address.ts';

/** P2, P3, P7: an object may be put to sleep between any two steps, and nobody can tell. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

type Scene = { id: string; visitor: Visitor; theirs: TestSocket; ours: TestSocket };

const patch = ({ id }: Scene, change: object) =>
  amos.call('PATCH', `/admin/conversations/${id}`, change);

/** A conversation as it might go; each step is over when its effects are. */
const STEPS: ((scene: Scene) => Promise<unknown>)[] = [
  ({ theirs }) => theirs.hello(),
  ({ theirs }) => theirs.send('Is anybody there?'),
  ({ ours }) => ours.hello(),
  (scene) => amos.call('POST', `/admin/conversations/${scene.id}/claim`),
  ({ ours }) => ours.send('I am.'),
  async ({ theirs, ours }) => {
    theirs.say({ type: 'typing', typing: true });
    await ours.next('typing');
  },
  async ({ theirs, ours }) => {
    theirs.say({ type: 'read', seq: 3 });
    await ours.next('read');
  },
  ({ ours }) => ours.send('They sound cross.', { kind: 'note' }),
  ({ theirs }) => theirs.send('Good.'),
  (scene) => patch(scene, { priority: 'high' }),
  (scene) => patch(scene, { status: 'closed' }),
  (scene) => patch(scene, { status: 'active' }),
  ({ theirs }) => theirs.send('One more thing.'),
];

/** What there is of a conversation after all its steps: the log, the row, and what each side heard. */
async function outcome(sleepsAfter: (step: number) => boolean): Promise<unknown> {
  const visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const object = conversationObject(env, world.acme.id, id);
  const scene: Scene = {
    id,
    visitor,
    theirs: await visitor.socket(id),
    ours: await amos.socket(`/conversations/${id}/socket`),
  };
  for (const [index, step] of STEPS.entries()) {
    await step(scene);
    if (sleepsAfter(index)) await evictDurableObject(object);
  }
  await scene.theirs.settle();
  await scene.ours.settle();
  await object.settle();
  const history = await amos.call('GET', `/admin/conversations/${id}/messages`);
  const { json } = await amos.call('GET', `/admin/conversations/${id}`);
  const { status, priority, assignee, last_seq, message_count, last_message_preview } =
    json.conversation;
  const { agent_read_seq, visitor_read_seq } = json.conversation;
  const heard = ({ frames }: TestSocket) =>
    frames.map((frame) => (frame.type === 'message' ? frame.message.body : frame.type));
  const { theirs, ours } = scene;
  for (const socket of [theirs, ours]) socket.close();
  return {
    row: {
      status,
      priority,
      assignee,
      last_seq,
      message_count,
      last_message_preview,
      agent_read_seq,
      visitor_read_seq,
    },
    log: history.json.items.map(({ seq, kind, body }: Record<string, unknown>) => ({
      seq,
      kind,
      body,
    })),
    theirs: heard(theirs),
    ours: heard(ours),
  };
}

test('asleep between any two steps', async () => {
  const awake = await outcome(() => false);
  expect(awake).toMatchObject({ row: { status: 'active', message_count: 4 } });
  for (const gap of STEPS.keys()) {
    expect(await outcome((step) => step === gap), `asleep after step ${gap}`).toEqual(awake);
  }
  expect(await outcome(() => true), 'asleep after every step').toEqual(awake);
}, 60_000);
