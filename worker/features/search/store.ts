import { and, desc, eq, getTableColumns, isNotNull, lt, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import {
  markAll,
  marksOf,
  type Phrase,
  parseQuery,
  quickFinder,
} from '../../../drizzle/search/query.ts';
import { snippet } from '../../../drizzle/search/snippet.ts';
import { anyOf, phoneQuery, queryTerms } from '../../../drizzle/search/terms.ts';
import { wordsOf } from '../../../drizzle/search/words.ts';
import { plainText } from '../../../protocol/format.ts';
import type { Page } from '../../../protocol/page.ts';
import type { IndexedText, SearchHit } from '../../../protocol/search.ts';
import type { Sight } from '../../../protocol/sight.ts';
import {
  conversations,
  databaseKind,
  searchDocuments,
  widgetCustomers,
} from '../../database/configured.ts';
import { decodeCursor, encodeCursor } from '../../database/cursor.ts';
import type { Database } from '../../database/database.ts';
import { phoneFinder } from '../../database/found.ts';
import { type ConversationRow, itsCustomer } from '../conversations/store/rows.ts';
import { isVisible } from '../conversations/store/visible.ts';
import { isSeen } from '../customers/list-store.ts';
import { withSeenTotals } from '../customers/seen-totals-store.ts';
import { toRecord, type WidgetCustomerRow } from '../customers/store.ts';

export type Search = {
  q: string;
  /** Who asks: what they do not see is not found. */
  sight: Sight;
  cursor?: string | undefined;
  limit: number;
};

/** Documents that are looked at for a page: all that fit as the index sees it. */
const LOOKED_AT = 60;
/** Customers that are shown above the messages. */
const CUSTOMERS = 5;
/** The newest customers and open conversations, which are looked through as they are. */
const NEWEST = 500;

type CustomerHit = Extract<SearchHit, { kind: 'customer' }>;
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
  { q, sight, cursor, limit }: Search,
): Promise<Page<SearchHit>> {
  const phrases = parseQuery(q);
  if (phrases.length === 0) return { items: [], next_cursor: null };
  const within = isVisible(db, organizationId, sight);
  const before = cursor ? decodeCursor(cursor, z.tuple([z.number().int()]))[0] : null;
  const said = queryTerms(databaseKind, organizationId, ['message', 'note'], phrases);
  const [documents, customers, open] = await Promise.all([
    documentsWith(db, organizationId, said, before, within),
    before === null ? findCustomers(db, organizationId, q, phrases, sight) : [],
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

type Found = {
  document: number;
  texts: IndexedText[];
  conversation: ConversationRow;
  customer: WidgetCustomerRow | null;
};

/**
 * The condition that the index finds a document.
 *
 * @param asked what `queryTerms` makes
 */
export function isFoundBy(asked: string): SQL {
  return databaseKind === 'postgres'
    ? sql`${searchDocuments.terms} @@ ${asked}::tsquery`
    : sql`search_documents MATCH ${asked}`;
}

/** Documents that the index finds, newest first, and the last one looked at if there may be more. */
async function documentsWith(
  db: Database,
  organizationId: string,
  asked: string,
  before: number | null,
  within: SQL | undefined,
): Promise<{ rows: Found[]; last: number | null }> {
  const candidates = db
    .select({
      document: searchDocuments.document,
      conversation_id: searchDocuments.conversation_id,
      texts: searchDocuments.texts,
    })
    .from(searchDocuments)
    .where(
      and(
        isFoundBy(asked),
        eq(searchDocuments.organization_id, organizationId),
        before === null ? undefined : lt(searchDocuments.document, before),
      ),
    )
    .orderBy(desc(searchDocuments.document))
    .limit(LOOKED_AT)
    .as('candidates');
  const looked = await db
    .select({
      document: candidates.document,
      texts: candidates.texts,
      conversation: conversations,
      customer: widgetCustomers,
    })
    .from(candidates)
    .leftJoin(
      conversations,
      and(
        eq(conversations.organization_id, organizationId),
        eq(conversations.id, candidates.conversation_id),
        within,
      ),
    )
    .leftJoin(widgetCustomers, itsCustomer)
    .orderBy(desc(candidates.document));
  const rows = looked.flatMap(({ conversation, ...row }) =>
    conversation ? [{ ...row, conversation }] : [],
  );
  const last = looked.length === LOOKED_AT ? (looked.at(-1)?.document ?? null) : null;
  return { rows, last };
}

/** What texts are looked through with: once for a search, since it folds the phrases. */
type Finder = { phrases: readonly Phrase[]; mayFit: (text: string) => boolean };

const finderOf = (phrases: readonly Phrase[]): Finder => ({
  phrases,
  mayFit: quickFinder(phrases),
});

/** The message of a document that fits best; null where a phrase runs from one message into the next. */
function toHit(
  { document, texts, conversation, customer }: Found,
  { phrases, mayFit }: Finder,
): { document: number; hit: MessageHit } | null {
  const missing = new Set(phrases);
  let best: { text: IndexedText; found: number } | null = null;
  let more = -1;
  for (const text of texts) {
    if (!mayFit(text.text)) continue;
    const words = wordsOf(text.text);
    const found = phrases.filter((phrase) => marksOf(words, phrase).length > 0);
    if (found.length === 0) continue;
    for (const phrase of found) missing.delete(phrase);
    more += 1;
    // Of several the newest.
    if (!best || found.length >= best.found) best = { text, found: found.length };
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

function headOf(row: ConversationRow, customer: WidgetCustomerRow | null) {
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

/** Whether every phrase stands in the text. */
function hasAll(text: string, phrases: readonly Phrase[]): boolean {
  const words = wordsOf(text);
  return phrases.every((phrase) => marksOf(words, phrase).length > 0);
}

/** Customers who fit: those of the documents that name them, and the newest, who may have none yet. */
async function findCustomers(
  db: Database,
  organizationId: string,
  q: string,
  phrases: readonly Phrase[],
  sight: Sight,
): Promise<CustomerHit[]> {
  const within = isVisible(db, organizationId, sight);
  const looked = db
    .select(getTableColumns(widgetCustomers))
    .from(widgetCustomers)
    .where(eq(widgetCustomers.organization_id, organizationId))
    .orderBy(desc(widgetCustomers.last_seen_at), desc(widgetCustomers.id))
    .limit(NEWEST)
    .as('widget_customers');
  const newest = await db
    .select()
    .from(looked)
    .where(isSeen(db, organizationId, sight));
  const names = queryTerms(databaseKind, organizationId, ['customer'], phrases);
  const number = phoneQuery(databaseKind, organizationId, q);
  const asked = number === null ? names : anyOf(databaseKind, [`(${names})`, number]);
  const named = await documentsWith(db, organizationId, asked, null, within);
  const isCalled = phoneFinder(q);
  const { mayFit } = finderOf(phrases);
  const all = new Map<string, WidgetCustomerRow>();
  for (const row of [...newest, ...named.rows.map(({ customer }) => customer)]) {
    if (row) all.set(row.id, row);
  }
  const fitting: { row: WidgetCustomerRow; isNumber: boolean }[] = [];
  for (const row of all.values()) {
    const { full_name, email, phone } = row;
    const whole = [full_name, email, phone].filter((part) => part !== null).join('\n');
    const isNumber = phone !== null && isCalled(phone);
    if (isNumber || (mayFit(whole) && hasAll(whole, phrases))) fitting.push({ row, isNumber });
  }
  const best = fitting
    .sort((a, b) => b.row.last_seen_at.getTime() - a.row.last_seen_at.getTime())
    .slice(0, CUSTOMERS)
    .map(({ row, isNumber }): CustomerHit => {
      const { full_name, email, phone } = row;
      const marked = (text: string | null) => markAll(text ?? '', phrases);
      const marks = { full_name: marked(full_name), email: marked(email), phone: marked(phone) };
      // Where the digits are grouped in another way, the number is marked as a whole.
      if (phone && isNumber && marks.phone.length === 0) marks.phone = [[0, phone.length]];
      return { kind: 'customer', customer: toRecord(row), marks };
    });
  const customers = best.map(({ customer }) => customer);
  const seen = await withSeenTotals(db, organizationId, sight, customers);
  return best.map((hit, index) => ({ ...hit, customer: seen[index] ?? hit.customer }));
}

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
    .select({ conversation: looked._.selectedFields, customer: widgetCustomers })
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
