import { and, desc, eq, getTableColumns, isNotNull, type SQL } from 'drizzle-orm';
import { z } from 'zod';
import { marksOf, type Phrase, parseQuery } from '../../../drizzle/search/query.ts';
import { snippet } from '../../../drizzle/search/snippet.ts';
import { queryTerms } from '../../../drizzle/search/terms.ts';
import { wordsOf } from '../../../drizzle/search/words.ts';
import type { Visibility } from '../../../protocol/conversation/visibility.ts';
import type { Page } from '../../../protocol/page.ts';
import type { IndexedText, SearchHit } from '../../../protocol/resources/search.ts';
import { plainText } from '../../../protocol/text/format.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { decodeCursor, encodeCursor } from '../../database/cursor.ts';
import type { Database } from '../../database/database.ts';
import { type ConversationRow, itsCustomer } from '../conversations/store/rows.ts';
import { isVisible } from '../conversations/store/visible.ts';
import type { WidgetCustomerRow } from '../customers/store.ts';
import { findCustomers } from './customers-store.ts';
import { documentsWith, type Found } from './documents-store.ts';
import { type Finder, finderOf, hasAll } from './finder.ts';

const { conversations, widgetCustomers } = tables;

export type Search = {
  q: string;
  /** The caller: conversations that they do not see are not found. */
  visibility: Visibility;
  cursor?: string | undefined;
  limit: number;
};

/** The newest open conversations, which are looked through as they are. */
const NEWEST = 500;

type MessageHit = Extract<SearchHit, { kind: 'message' }>;

/**
 * Finds customers, by name, e-mail address and phone number, and messages, the newest conversations
 * first and one hit for each. On the first page also what no document has yet: the last message of
 * the newest open conversations. Reads in proportion to the page, and to the tenant's own hits.
 *
 * @throws FoyerError validation_failed for a cursor that is not one of this list's
 */
export async function search(
  db: Database,
  organizationId: string,
  { q, visibility, cursor, limit }: Search,
): Promise<Page<SearchHit>> {
  const phrases = parseQuery(q);
  if (phrases.length === 0) return { items: [], next_cursor: null };
  const within = isVisible(db, organizationId, visibility);
  const before = cursor ? decodeCursor(cursor, z.tuple([z.number().int()]))[0] : null;
  const terms = queryTerms(databaseKind, organizationId, ['message', 'note'], phrases);
  const [documents, customers, open] = await Promise.all([
    documentsWith(db, organizationId, terms, before, within),
    before === null ? findCustomers(db, organizationId, q, phrases, visibility) : [],
    before === null ? openOnes(db, organizationId, phrases, within) : [],
  ]);
  const finder = finderOf(phrases);
  const hits: NonNullable<ReturnType<typeof toHit>>[] = [];
  for (const row of documents.rows) {
    if (hits.length > limit) break;
    const hit = toHit(row, finder);
    if (hit) hits.push(hit);
  }
  const byId = new Map(documents.rows.map((row) => [row.conversation.id, row]));
  /** Whether a document finds the conversation, on this page or on a later one. */
  const isFound = (id: string) => {
    const row = byId.get(id);
    return row !== undefined && toHit(row, finder) !== null;
  };
  const page = hits.slice(0, limit);
  const last = hits.length > limit ? page.at(-1)?.document : documents.last;
  return {
    items: [
      ...customers,
      ...open.filter(({ conversation }) => !isFound(conversation.id)),
      ...page.map(({ hit }) => hit),
    ],
    next_cursor: last === undefined || last === null ? null : encodeCursor([last]),
  };
}

/** The message of a document that fits best; null where a phrase runs from one message into the next. */
function toHit(
  { document, texts, conversation, customer }: Found,
  { phrases, mayFit }: Finder,
): { document: number; hit: MessageHit } | null {
  const missing = new Set(phrases);
  let best: { text: IndexedText; matches: number } | null = null;
  let more = -1;
  for (const text of texts) {
    if (!mayFit(text.text)) continue;
    const words = wordsOf(text.text);
    const matched = phrases.filter((phrase) => marksOf(words, phrase).length > 0);
    if (matched.length === 0) continue;
    for (const phrase of matched) missing.delete(phrase);
    more += 1;
    // Of several the newest.
    if (!best || matched.length >= best.matches) best = { text, matches: matched.length };
  }
  if (!best || missing.size > 0) return null;
  const { seq, by, name, note, sent_at, text } = best.text;
  const sender = { kind: by, name: by === 'visitor' ? (customer?.full_name ?? name) : name };
  return {
    document,
    hit: {
      kind: 'message',
      conversation: headOf(conversation, customer),
      seq,
      sender,
      note,
      sent_at,
      snippet: snippet(text, phrases),
      more,
    },
  };
}

function headOf(
  row: Pick<
    ConversationRow,
    'id' | 'status' | 'department_id' | 'created_at' | 'widget_customer_id' | 'customer_id'
  >,
  customer: Pick<WidgetCustomerRow, 'full_name' | 'email'> | null,
) {
  return {
    id: row.id,
    status: row.status,
    department_id: row.department_id,
    created_at: row.created_at.toISOString(),
    customer: {
      id: row.widget_customer_id ?? row.customer_id ?? '',
      full_name: customer?.full_name ?? null,
      email: customer?.email ?? null,
    },
  };
}

/** Of an open conversation and its customer, what a hit shows. */
const shown = {
  id: conversations.id,
  status: conversations.status,
  department_id: conversations.department_id,
  created_at: conversations.created_at,
  widget_customer_id: conversations.widget_customer_id,
  customer_id: conversations.customer_id,
  assignee_name: conversations.assignee_name,
  last_message_preview: conversations.last_message_preview,
  last_message_at: conversations.last_message_at,
  last_sender: conversations.last_sender,
  last_seq: conversations.last_seq,
};
const named = { full_name: widgetCustomers.full_name, email: widgetCustomers.email };

/** Open conversations whose last message fits. */
async function openOnes(
  db: Database,
  organizationId: string,
  phrases: readonly Phrase[],
  within: SQL | undefined,
): Promise<MessageHit[]> {
  const order = [desc(conversations.activity_at), desc(conversations.id)];
  const looked = db
    .select(getTableColumns(conversations))
    .from(conversations)
    .where(and(eq(conversations.organization_id, organizationId), eq(conversations.shelf, 'open')))
    .orderBy(...order)
    .limit(NEWEST)
    .as('conversations');
  const rows = await db
    .select({ conversation: shown, customer: named })
    .from(looked)
    .leftJoin(widgetCustomers, itsCustomer)
    .where(and(isNotNull(conversations.last_message_preview), within))
    .orderBy(...order);
  const { mayFit } = finderOf(phrases);
  const hits: MessageHit[] = [];
  for (const { conversation, customer } of rows) {
    const { last_message_preview, last_message_at, last_sender, last_seq } = conversation;
    if (!last_message_preview || !last_message_at) continue;
    const text = plainText(last_message_preview);
    if (!mayFit(text) || !hasAll(text, phrases)) continue;
    const by = last_sender ?? 'visitor';
    const name = by === 'visitor' ? (customer?.full_name ?? null) : conversation.assignee_name;
    hits.push({
      kind: 'message',
      conversation: headOf(conversation, customer),
      seq: last_seq,
      sender: { kind: by, name },
      note: false,
      sent_at: last_message_at.toISOString(),
      snippet: snippet(text, phrases),
      more: 0,
    });
  }
  return hits;
}
