import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_LABELS_EACH } from '../../../protocol/limits.ts';
import { SignedInAgent, settleWorld, Visitor } from '../../test/world.ts';

/** What stays behind of things and people that an organization removed. */

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
let amos: SignedInAgent;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  amos = await SignedInAgent.signIn('amos@acme.example');
});

describe('labels', () => {
  test('A11: those that were removed leave room on a conversation for others', async () => {
    const label = async (name: string): Promise<string> =>
      (await olive.call('POST', '/admin/labels', { name, color: '#aa3300' })).json.label.id;
    const old: string[] = [];
    for (let index = 0; index < MAX_LABELS_EACH; index += 1) old.push(await label(`Old ${index}`));
    const { id } = await (await Visitor.arrive()).pick(world.acme.billing);
    const add = (addLabels: string[]) =>
      amos.call('PATCH', `/admin/conversations/${id}`, { addLabels });
    expect((await add(old)).status).toBe(200);
    const fresh = await label('New');
    expect((await add([fresh])).status).toBe(409);
    for (const one of old) await olive.call('DELETE', `/admin/labels/${one}`);
    const { status, json } = await add([fresh]);
    expect(status).toBe(200);
    expect(json.conversation.label_ids).toEqual([fresh]);
    const listed = await amos.call('GET', `/admin/conversations?label=${fresh}`);
    expect(listed.json.items.map((one: { id: string }) => one.id)).toEqual([id]);
  });
});
