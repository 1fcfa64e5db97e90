import { env } from 'cloudflare:workers';
import { beforeAll, expect, test, vi } from 'vitest';
import { conversationOf } from '../../conversation/address.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

let world: Awaited<ReturnType<typeof settleWorld>>;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  amos = await SignedInAgent.signIn('amos@acme.example');
});

/** A conversation in which the visitor and Amos said this, ended and in the index. */
async function ended(visitor: Visitor, department: string, said: string, noted: string) {
  const { id } = await visitor.pick(department);
  const path = `/conversations/${id}/messages`;
  await visitor.call('POST', path, { id: crypto.randomUUID(), body: said });
  await visitor.call('POST', path, { id: crypto.randomUUID(), body: 'Thank you' });
  const note = { id: crypto.randomUUID(), body: noted, kind: 'note' };
  await amos.call('POST', `/admin${path}`, note);
  await visitor.call('POST', `/conversations/${id}/close`, {});
  return id;
}

test('a visitor finds their own earlier conversations by what was said, and nothing else (P5)', async () => {
  const ada = await Visitor.arrive();
  const bob = await Visitor.arrive();
  const order = await ended(ada, world.acme.billing, 'My order has a dent', 'A known troublemaker');
  const sofa = await ended(ada, world.acme.billing, 'Is the green sofa here?', 'Give ten per cent');
  await ended(bob, world.acme.billing, 'My order is lost', 'Angry');
  const found = async (q: string, visitor = ada) => {
    for (const id of [order, sofa]) await conversationOf(env, world.acme.id, id).settle();
    const path = `/conversations?q=${encodeURIComponent(q)}`;
    const { json } = await visitor.call('GET', path);
    return json.items.map((item: { id: string; last_message_preview: string }) => [
      item.id,
      item.last_message_preview,
    ]);
  };
  await vi.waitFor(
    async () => expect(await found('dent')).toEqual([[order, 'My order has a dent']]),
    { timeout: 15_000 },
  );
  expect(await found('ORDER')).toEqual([[order, 'My order has a dent']]);
  await vi.waitFor(
    async () => expect(await found('sof')).toEqual([[sofa, 'Is the green sofa here?']]),
    { timeout: 15_000 },
  );
  expect(await found('thank')).toHaveLength(2);
  expect(await found('troublemaker')).toEqual([]);
  expect(await found('lost')).toEqual([]);
  expect(await found('dent', await Visitor.arrive())).toEqual([]);
});

test('the conversation that goes on is found by all that was said in it, not by a note', async () => {
  const ada = await Visitor.arrive();
  const { id } = await ada.pick(world.acme.billing);
  const path = `/conversations/${id}/messages`;
  await ada.call('POST', path, { id: crypto.randomUUID(), body: 'The lamp flickers' });
  const note = { id: crypto.randomUUID(), body: 'A known fault', kind: 'note' };
  await amos.call('POST', `/admin${path}`, note);
  await ada.call('POST', path, { id: crypto.randomUUID(), body: 'Hello?' });
  const found = async (q: string) => (await ada.call('GET', `/conversations?q=${q}`)).json.items;
  expect(await found('flickers')).toMatchObject([
    { id, last_message_preview: 'The lamp flickers' },
  ]);
  expect(await found('fault')).toEqual([]);
});
