import { and, desc, eq, inArray, sql } from 'drizzle-orm';
import { documentNumber } from '../../../drizzle/search/document-number.ts';
import { marksOf, type Phrase, parseQuery, quickFinder } from '../../../drizzle/search/query.ts';
import { snippet } from '../../../drizzle/search/snippet.ts';
import { queryTerms } from '../../../drizzle/search/terms.ts';
import { wordsOf } from '../../../drizzle/search/words.ts';
import type { VisitorConversationItem } from '../../../protocol/conversation/visitor-conversation.ts';
import type { Page } from '../../../protocol/page.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { beyond, encodeCursor } from '../../database/cursor.ts';
import type { Database } from '../../database/database.ts';
import { ofCustomer } from '../conversations/store/lists.ts';
import { itsDepartment, toVisitorItem, type WithDepartment } from '../conversations/store/rows.ts';
import { isFoundBy } from './documents-store.ts';

const { conversations, departments, searchDocuments } = tables;

/** Conversations of which the index is asked for a page; D1 binds 100 values. */
const LOOKED_THROUGH = 90;

/** Objects that are asked for a page: as many departments as one talks to at once. */
const ASKED = 4;

/**
 * Characters that a page reads and folds: two documents of the greatest length. 130,000 characters,
 * each message of which has a phrase and none has all, take up to 20 ms of CPU; a page has 50.
 */
export const MAX_READ = 280_000;
/** Of each object that is asked: all of them together leave room for as much from the index. */
const MAX_SAID = MAX_READ / ASKED / 2;

type VisitorSearch = {
  q: string;
  cursor?: string | undefined;
  limit: number;
  /**
   * The texts of a conversation that is not in the index: an open one, or one that ended this moment;
   * up to the given number of characters. It is read for the newest few of a page; others are found by
   * their last message alone.
   */
  saidIn: (id: string, characters: number) => Promise<string[]>;
};

/**
 * A page of a visitor's own conversations in which every phrase was said, newest first: their messages
 * and those of agents, never a note. What was found stands in place of the last message's preview. Of
 * the documents only those are read that the index finds, up to `MAX_READ` characters: with a cursor
 * there is more, also when the page is not full.
 *
 * @throws FoyerError validation_failed for a cursor that is not one of this list's
 */
export async function searchForVisitor(
  db: Database,
  organizationId: string,
  customerIds: readonly string[],
  { q, cursor, limit, saidIn }: VisitorSearch,
): Promise<Page<VisitorConversationItem>> {
  const phrases = parseQuery(q);
  if (phrases.length === 0) return { items: [], next_cursor: null };
  const rows = await db
    .select({ conversation: conversations, department_name: departments.name })
    .from(conversations)
    .innerJoin(departments, itsDepartment)
    .where(
      and(
        ofCustomer(organizationId, ...customerIds),
        cursor ? beyond('<', conversations.created_at, conversations.id, cursor) : undefined,
      ),
    )
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(LOOKED_THROUGH);
  if (rows.length === 0) return { items: [], next_cursor: null };
  const index = indexOf(db, organizationId, rows);
  const [indexedIds, lengths] = await Promise.all([index.indexedIds(), index.lengths(phrases)]);
  const unknown = rows.map(({ conversation: { id } }) => id).filter((id) => !indexedIds.has(id));
  const asking = unknown.slice(0, ASKED);
  const transcripts = new Map<string, string[]>();
  for (const [at, texts] of (
    await Promise.all(asking.map((id) => saidIn(id, MAX_SAID)))
  ).entries()) {
    transcripts.set(asking[at] ?? '', texts);
  }
  const lengthOf = ({ conversation: { id } }: WithDepartment) =>
    lengths.get(id) ?? total(transcripts.get(id) ?? []);
  const reached = readable(rows.map(lengthOf), MAX_READ);
  const within = rows.slice(0, reached).map(({ conversation: { id } }) => id);
  const texts = await index.texts(within.filter((id) => lengths.has(id)));
  const items: VisitorConversationItem[] = [];
  for (const [at, row] of rows.slice(0, reached).entries()) {
    const item = toVisitorItem(row);
    const own = texts.get(item.id) ?? transcripts.get(item.id) ?? [];
    const match = bestOf([...own, item.last_message_preview ?? '', item.department.name], phrases);
    if (match !== null) items.push({ ...item, last_message_preview: match });
    if (items.length === limit) return { items, next_cursor: cursorAt(rows, at) };
  }
  return { items, next_cursor: cursorAt(rows, reached - 1) };
}

/** The cursor behind a row; null where there is no row behind it. */
function cursorAt(rows: readonly WithDepartment[], at: number): string | null {
  const row = rows[at];
  const isLast = at === rows.length - 1 && rows.length < LOOKED_THROUGH;
  if (!row || isLast) return null;
  return encodeCursor([row.conversation.created_at.getTime(), row.conversation.id]);
}

/** How many texts of these lengths may be read: the first one in any case. */
function readable(lengths: readonly number[], most: number): number {
  let left = most;
  const over = lengths.findIndex((length, index) => {
    left -= length;
    return left < 0 && index > 0;
  });
  return over === -1 ? lengths.length : over;
}

const total = (texts: readonly string[]) => texts.reduce((sum, text) => sum + text.length, 0);

/** What the index has of a page's conversations. */
function indexOf(db: Database, organizationId: string, rows: readonly WithDepartment[]) {
  const isAmong = (ids: readonly string[]) =>
    and(
      eq(searchDocuments.organization_id, organizationId),
      inArray(searchDocuments.document, ids.map(documentNumber)),
    );
  const all = rows.map(({ conversation: { id } }) => id);
  const id = searchDocuments.conversation_id;
  return {
    /** Those that have a document. */
    async indexedIds(): Promise<Set<string>> {
      const documents = await db.select({ id }).from(searchDocuments).where(isAmong(all));
      return new Set(documents.map((document) => document.id));
    },

    /**
     * The characters of the documents in which all phrases are that the department's name does not
     * have, and in notes of documents that are not indexed again.
     */
    async lengths(phrases: readonly Phrase[]): Promise<Map<string, number>> {
      const parts = new Map<string, { left: Phrase[]; ids: string[] }>();
      for (const { conversation, department_name } of rows) {
        const words = wordsOf(department_name);
        const left = phrases.filter((phrase) => marksOf(words, phrase).length === 0);
        const key = left.map((phrase) => phrases.indexOf(phrase)).join();
        const part = parts.get(key) ?? { left, ids: [] };
        part.ids.push(conversation.id);
        parts.set(key, part);
      }
      const length =
        databaseKind === 'postgres'
          ? sql<number>`length(${searchDocuments.texts}::text)`
          : sql<number>`length(${searchDocuments.texts})`;
      const matches = await Promise.all(
        [...parts.values()].map(({ left, ids }) => {
          // Where the name has them all, the messages are looked through for a better place.
          const remaining = left.length > 0 ? left : phrases;
          const terms = queryTerms(databaseKind, organizationId, ['message'], remaining);
          return db
            .select({ id, length })
            .from(searchDocuments)
            .where(and(isFoundBy(terms), isAmong(ids)));
        }),
      );
      return new Map(matches.flat().map((document) => [document.id, document.length]));
    },

    /** What visitors may read of these documents. */
    async texts(ids: readonly string[]): Promise<Map<string, string[]>> {
      if (ids.length === 0) return new Map();
      const documents = await db
        .select({ id, texts: searchDocuments.texts })
        .from(searchDocuments)
        .where(isAmong(ids));
      return new Map(
        documents.map((document) => [
          document.id,
          document.texts.filter(({ note }) => !note).map(({ text }) => text),
        ]),
      );
    },
  };
}

/** The text with the most phrases, around the first; null unless each phrase is in some text. */
function bestOf(texts: readonly string[], phrases: readonly Phrase[]): string | null {
  const mayFit = quickFinder(phrases);
  const missing = new Set(phrases);
  let best: { text: string; matches: number } | null = null;
  for (const text of texts) {
    if (!mayFit(text)) continue;
    const words = wordsOf(text);
    const matched = phrases.filter((phrase) => marksOf(words, phrase).length > 0);
    for (const phrase of matched) missing.delete(phrase);
    if (matched.length > (best?.matches ?? 0)) best = { text, matches: matched.length };
    if (matched.length === phrases.length) break;
  }
  return best && missing.size === 0 ? snippet(best.text, phrases).text : null;
}
