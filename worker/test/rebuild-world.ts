import { runDurableObjectAlarm } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { inArray } from 'drizzle-orm';
import { expect, vi } from 'vitest';
import type { StartedConversation } from '../../protocol/conversation/visitor-conversation.ts';
import { conversationObject } from '../conversation/calls/address.ts';
import { tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { findJob } from '../features/jobs/store.ts';
import { createLabel } from '../features/labels/store.ts';
import { byFoyer } from './by.ts';
import { SignedInAgent, settleWorld, Visitor } from './world.ts';

/** A world with conversations whose rows are right, and what the tests of jobs do with it. */

export const FORM = { name: 'Ada', email: 'ada@example.org', size: '1' };
const LONG = { timeout: 20_000 };

export async function settleRebuildWorld() {
  const world = await settleWorld();
  const { acme } = world;
  const olive = await SignedInAgent.signIn('olive@acme.example');
  const db = openDatabase(env);
  const { id: label } = await createLabel(db, byFoyer(acme.id), {
    name: 'Urgent',
    color: '#112233',
  });
  const visitor = await Visitor.arrive();
  const closed = await begin(visitor, acme.sales, 'My armadillo', { preChatData: FORM });
  await visitor.call('POST', `/conversations/${closed.id}/close`);
  const open = await begin(visitor, acme.sales, 'A bluebird', { preChatData: FORM });
  const other = await begin(visitor, acme.billing, 'A capybara');
  const bob = await begin(await Visitor.arrive(), acme.billing, 'A dragonfly');
  const path = `/admin/conversations/${open.id}`;
  await olive.call('PATCH', path, { priority: 'high', addLabels: [label] });
  const note = { kind: 'note', body: 'Look', mentions: acme.users };
  await olive.call('POST', `${path}/messages`, { id: crypto.randomUUID(), ...note });
  const all = [closed, open, other, bob].map(({ id }) => id);
  const object = (id: string) => conversationObject(env, acme.id, id);
  // What the search has of each is written when the alarm rings.
  for (const id of all) await runDurableObjectAlarm(object(id));
  for (const id of all) expect(await object(id).settle()).toBe(true);

  const job = async (id: string) => mustBe(await findJob(db, { organization_id: acme.id, id }));
  const ends = (id: string, state = 'done') =>
    vi.waitFor(async () => expect(await job(id)).toMatchObject({ state }), LONG);
  const start = async (): Promise<string> => {
    const { status, json } = await olive.call('POST', '/admin/jobs', { kind: 'rebuild' });
    expect(status).toBe(201);
    return json.job.id;
  };
  return {
    world,
    olive,
    /** Ada's three, one of them closed; Bob's. */
    ...{ closed, open, other, bob },
    all,
    object,
    job,
    ends,
    start,
    /** Rebuilds Acme; answers the job as it ended. */
    rebuilt: async () => {
      const id = await start();
      await ends(id);
      return job(id);
    },
    seen: () => seenBy(olive, label, all),
  };
}

/** What people see: lists, counts, customers with their totals, and what the search finds. */
async function seenBy(olive: SignedInAgent, label: string, all: string[]) {
  const paths = [
    'conversations?status=open',
    'conversations?status=closed',
    `conversations?status=open&label=${label}`,
    'conversations?status=open&mentioned=me',
    'conversations/counts',
    'customers',
    ...['armadillo', 'bluebird', 'capybara', 'dragonfly'].map((word) => `search?q=${word}`),
    ...all.map((id) => `conversations/${id}`),
  ];
  const answers: [string, unknown][] = [];
  for (const path of paths) {
    const { status, json } = await olive.call('GET', `/admin/${path}`);
    // What is late is counted for the moment of the request.
    delete json.late;
    answers.push([path, { status, json }]);
  }
  return Object.fromEntries(answers);
}

/** A conversation with a first message. */
export async function begin(
  visitor: Visitor,
  department: string,
  body: string,
  more: object = {},
): Promise<StartedConversation> {
  const conversation = await visitor.pick(department, more);
  const messages = `/conversations/${conversation.id}/messages`;
  await visitor.call('POST', messages, { id: crypto.randomUUID(), body });
  return conversation;
}

/** @throws Error for what is missing */
export function mustBe<Value>(value: Value | null | undefined): Value {
  if (value === undefined || value === null) throw new Error('It is missing.');
  return value;
}

/** Takes conversations out of the lists, as a database has it that is set back to before them. */
export async function forget(ids: string[]): Promise<void> {
  const { conversationLabels, conversationMentions, conversations } = tables;
  const db = openDatabase(env);
  for (const table of [conversationLabels, conversationMentions]) {
    await db.delete(table).where(inArray(table.conversation_id, ids));
  }
  await db.delete(conversations).where(inArray(conversations.id, ids));
}
