import { runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { eq } from 'drizzle-orm';
import { afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { databaseKind, tables } from '../database/configured.ts';
import { openDatabase } from '../database/database.ts';
import { ConversationObject, InboxObject } from '../index.ts';
import { Meter } from '../test/costs/meter.ts';
import { begin, FORM, forget, settleRebuildWorld } from '../test/rebuild-world.ts';
import { Visitor } from '../test/world.ts';

const { conversationLabels, conversations, searchDocuments, widgetCustomers } = tables;

/** B8, B9: the database is written again from the objects, whatever was done to it (P7). */

/** Rows that are read of a conversation whose rows are right, and written of one whose are gone. */
const READ = 9;
const WRITTEN = 15;

let at: Awaited<ReturnType<typeof settleRebuildWorld>>;

const db = () => openDatabase(env);
const ids = () => ({ closed: at.closed.id, open: at.open.id, other: at.other.id });

beforeAll(async () => {
  at = await settleRebuildWorld();
});

afterEach(() => {
  vi.restoreAllMocks();
});

/** What the objects do not know of a customer whose row is gone. */
function withoutLost(answers: object): unknown {
  const lost = ['user_agent', 'ip_address', 'country', 'city', 'custom_fields', 'last_seen_at'];
  return JSON.parse(
    JSON.stringify(answers, (key, value) => (lost.includes(key) ? undefined : value)),
  );
}

/** Has a file of the conversation lie in the bucket. */
async function nameByFile(id: string): Promise<void> {
  await env.FILES?.put(`${at.world.acme.id}/2026-11-28/${id}/${crypto.randomUUID()}`, 'bytes');
}

describe('B8: the rebuild', () => {
  test('B8: a copy from before, with rows that differ, is made right; the second run writes nothing', async () => {
    const before = await at.seen();
    const { closed, open, other } = ids();
    // As a copy from before has it, and as a hand that slipped leaves it.
    await db()
      .update(conversations)
      .set({ last_message_preview: null, message_count: 0, closed_by: null, version: 1 })
      .where(eq(conversations.id, closed));
    await db()
      .update(conversations)
      .set({ status: 'snoozed', shelf: 'snoozed' })
      .where(eq(conversations.id, other));
    await db()
      .update(conversations)
      .set({ priority: 'normal', message_count: 99, label_ids: [] })
      .where(eq(conversations.id, open));
    await db().delete(conversationLabels).where(eq(conversationLabels.conversation_id, open));
    await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, other));
    await db()
      .update(widgetCustomers)
      .set({ total_conversations: 17 })
      .where(eq(widgetCustomers.organization_id, at.world.acme.id));
    expect(await at.seen()).not.toEqual(before);

    expect(await at.rebuilt()).toMatchObject({
      done: 6,
      total: 6,
      results: { rows_corrected: 3, documents_written: 1, totals_corrected: 2 },
      failures: {},
      error: null,
    });
    expect(await at.seen()).toEqual(before);

    expect(await at.rebuilt()).toMatchObject({ done: 6, results: {}, failures: {} });
    expect(await at.seen()).toEqual(before);
  });

  test('B9: rows that are gone are found by the documents of the search and by files', async () => {
    const before = await at.seen();
    const { open, other } = ids();
    // Named by a file, and by nothing else.
    const key = `${at.world.acme.id}/2026-11-29/${other}/${crypto.randomUUID()}`;
    await env.FILES?.put(key, 'bytes');
    await forget([open, other]);
    await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, other));
    if (databaseKind === 'postgres') await nameByFile(open);

    expect(await at.rebuilt()).toMatchObject({ results: { rows_restored: 2 }, failures: {} });
    expect(withoutLost(await at.seen())).toEqual(withoutLost(before));
    await env.FILES?.delete(key);
  });

  test('B8: one that the copy has open makes room for the one that follows it', async () => {
    const before = await at.seen();
    const { closed, open } = ids();
    await forget([open]);
    const stale = { status: 'waiting', shelf: 'open', closed_at: null, version: 1 } as const;
    await db().update(conversations).set(stale).where(eq(conversations.id, closed));
    await nameByFile(open);
    expect(await at.rebuilt()).toMatchObject({
      results: { rows_corrected: 1, rows_restored: 1 },
      failures: {},
    });
    expect(withoutLost(await at.seen())).toEqual(withoutLost(before));
  });

  test('B9: conversations before one another are found by the later one', async () => {
    const visitor = await Visitor.arrive();
    const first = await begin(visitor, at.world.acme.sales, 'First', { preChatData: FORM });
    await visitor.call('POST', `/conversations/${first.id}/close`);
    const second = await begin(visitor, at.world.acme.sales, 'Second', {
      preChatData: FORM,
      previousConversationId: first.id,
    });
    await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, first.id));
    await forget([first.id]);
    expect((await at.olive.call('GET', `/admin/conversations/${second.id}`)).status).toBe(200);
    expect(await at.rebuilt()).toMatchObject({ results: { rows_restored: 1 }, failures: {} });
    const { json } = await at.olive.call('GET', `/admin/conversations/${first.id}`);
    expect(json.conversation).toMatchObject({ status: 'closed', last_message_preview: 'First' });
  });

  test('B8: a customer who is gone comes back with what the objects know', async () => {
    const { closed, open, other } = ids();
    const whose = eq(widgetCustomers.id, at.closed.widget_customer_id ?? '');
    const [was] = await db().select().from(widgetCustomers).where(whose);
    for (const id of [closed, open, other]) await nameByFile(id);
    await forget([closed, open, other]);
    await db().delete(widgetCustomers).where(whose);

    expect(await at.rebuilt()).toMatchObject({ results: { rows_restored: 3 }, failures: {} });
    const [is] = await db().select().from(widgetCustomers).where(whose);
    expect(is).toMatchObject({
      visitor_id: was?.visitor_id,
      full_name: 'Ada',
      email: 'ada@example.org',
      first_seen_at: was?.first_seen_at,
      total_conversations: 3,
      ip_address: null,
      country: null,
    });
  });

  test('B8: another organization is not touched (P6)', async () => {
    const visitor = await Visitor.arrive('wk_globex');
    const globexConversation = await visitor.pick(at.world.globex.support);
    const where = eq(conversations.id, globexConversation.id);
    await db().update(conversations).set({ message_count: 99 }).where(where);
    await at.rebuilt();
    const [row] = await db().select().from(conversations).where(where);
    expect(row?.message_count).toBe(99);
  });

  test('B8: no agent is told, and no log gets an entry', async () => {
    const last = async (id: string) =>
      runInDurableObject(at.object(id), (_: ConversationObject, { storage }) =>
        [...storage.sql.exec('SELECT count(*) AS rows FROM messages')].at(0),
      );
    const before = await Promise.all(at.all.map(last));
    await at.rebuilt();
    expect(await Promise.all(at.all.map(last))).toEqual(before);
  });
});

describe.runIf(databaseKind === 'd1')('B10: what a conversation costs', () => {
  let meter: Meter;

  beforeEach(async () => {
    meter = new Meter();
    await runInDurableObject(at.object(at.bob.id), (_, { storage }) => meter.watchStorage(storage));
    meter.watchDatabase(env.DB);
    meter.watchObjects(ConversationObject.prototype);
    meter.watchObjects(InboxObject.prototype);
  });

  afterEach(() => meter.stop());

  test('B10: one that is right writes no row', async () => {
    expect(await at.object(at.bob.id).reproject()).toMatchObject({ row: 'right' });
    const { databaseRows, objectRows, alarmsSet, objectRequests, databaseRowsRead } = meter.bill();
    expect({ databaseRows, objectRows, alarmsSet, objectRequests }).toEqual({
      databaseRows: 0,
      objectRows: 0,
      alarmsSet: 0,
      objectRequests: 1,
    });
    expect(databaseRowsRead).toBeLessThanOrEqual(READ);
  });

  test('B10: one whose row and document are gone writes them, and its customer’s total', async () => {
    await forget([at.bob.id]);
    await db().delete(searchDocuments).where(eq(searchDocuments.conversation_id, at.bob.id));
    const before = meter.bill().databaseRows;
    expect(await at.object(at.bob.id).reproject()).toMatchObject({ row: 'restored' });
    const { databaseRows, objectRows } = meter.bill();
    expect({ rows: databaseRows - before, objectRows }).toEqual({ rows: WRITTEN, objectRows: 0 });
  });
});
