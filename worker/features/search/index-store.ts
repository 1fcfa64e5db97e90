import { and, eq, lt, lte, notExists, sql } from 'drizzle-orm';
import { documentNumber } from '../../../drizzle/search/document-number.ts';
import { documentTerms } from '../../../drizzle/search/terms.ts';
import type { IndexedText } from '../../../protocol/resources/search.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { type Database, openDatabase, writeAll } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { sameJson } from '../../kernel/same-json.ts';
import { isConversation, itsCustomer } from '../conversations/store/rows.ts';

const { conversations, searchDocuments, widgetCustomers } = tables;

/** Whose it is. */
type Key = { organization_id: string; id: string };

/** What was said in a conversation; `version` is the last entry of the log that changed a text. */
export type ConversationText = { version: number; texts: IndexedText[] };

/** What a customer is found by. */
type Names = { full_name: string | null; email: string | null; phone: string | null };

/** Where a conversation object writes what the search finds of it. */
export interface SearchIndex {
  /** Replaces the conversation's document, if that is older. May run twice, late, or not at all. */
  write(key: Key, read: () => ConversationText): Promise<void>;
  /**
   * The same, and also where a document of that version has other texts. A newer one is left alone.
   *
   * @returns whether it was written
   */
  rewrite(key: Key, read: () => ConversationText): Promise<boolean>;
  /** Has somebody else write it, whom nobody waits for; left out: there is nobody. */
  handOver?: ((key: Key, text: ConversationText) => Promise<void>) | undefined;
}

export function searchIndexOf(env: Env): SearchIndex {
  return {
    write: (key, read) => indexConversation(openDatabase(env), key, read),
    rewrite: (key, read) => reindexConversation(openDatabase(env), key, read),
  };
}

async function indexConversation(
  db: Database,
  key: Key,
  read: () => ConversationText,
): Promise<void> {
  const [indexed] = await db
    .select({
      version: searchDocuments.version,
      full_name: widgetCustomers.full_name,
      email: widgetCustomers.email,
      phone: widgetCustomers.phone,
    })
    .from(conversations)
    .leftJoin(widgetCustomers, itsCustomer)
    .leftJoin(searchDocuments, isDocument(key))
    .where(isConversation(key.organization_id, key.id));
  const document = read();
  if (!indexed || (indexed.version !== null && indexed.version >= document.version)) return;
  await replaceDocument(db, key, document, indexed, lt(searchDocuments.version, document.version));
}

async function reindexConversation(
  db: Database,
  key: Key,
  read: () => ConversationText,
): Promise<boolean> {
  const [indexed] = await db
    .select({
      version: searchDocuments.version,
      texts: searchDocuments.texts,
      full_name: widgetCustomers.full_name,
      email: widgetCustomers.email,
      phone: widgetCustomers.phone,
    })
    .from(conversations)
    .leftJoin(widgetCustomers, itsCustomer)
    .leftJoin(searchDocuments, isDocument(key))
    .where(isConversation(key.organization_id, key.id));
  const document = read();
  if (!indexed || (indexed.version !== null && indexed.version > document.version)) return false;
  if (indexed.version === document.version && sameJson(indexed.texts, document.texts)) return false;
  await replaceDocument(db, key, document, indexed, lte(searchDocuments.version, document.version));
  return true;
}

/**
 * Has a customer found by the name and the address that they have now, and not only by those of the
 * time, by way of the document of this conversation of theirs.
 */
export async function indexCustomer(db: Database, key: Key, customer: Names): Promise<void> {
  const [current] = await db
    .select({ version: searchDocuments.version, texts: searchDocuments.texts })
    .from(searchDocuments)
    .where(isDocument(key));
  if (!current) return;
  await replaceDocument(db, key, current, customer, eq(searchDocuments.version, current.version));
}

function isDocument({ organization_id, id }: Key) {
  return and(
    eq(searchDocuments.organization_id, organization_id),
    eq(searchDocuments.document, documentNumber(id)),
    eq(searchDocuments.conversation_id, id),
  );
}

/**
 * Writes the document again if the existing one, if any, is the conversation's and may be replaced: of a
 * newer one, or of another conversation's that has the number, nothing is touched.
 */
async function replaceDocument(
  db: Database,
  key: Key,
  { version, texts }: ConversationText,
  { full_name, email, phone }: Names,
  mayGo: ReturnType<typeof eq>,
): Promise<void> {
  const document = documentNumber(key.id);
  const customer = [full_name, email, phone];
  const terms = documentTerms(databaseKind, key.organization_id, { texts, customer });
  // FTS5 has one number for all tenants, Postgres one for each.
  const sameNumber = and(
    eq(searchDocuments.document, document),
    databaseKind === 'postgres'
      ? eq(searchDocuments.organization_id, key.organization_id)
      : undefined,
  );
  await writeAll(db, [
    db.delete(searchDocuments).where(and(isDocument(key), mayGo)),
    db.insert(searchDocuments).select(
      db
        .select({
          organization_id: conversations.organization_id,
          document: sql<number>`${sql.param(document, searchDocuments.document)}`.as('document'),
          conversation_id: conversations.id,
          version: sql<number>`${version}`.as('version'),
          texts: sql<IndexedText[]>`${sql.param(texts, searchDocuments.texts)}`.as('texts'),
          terms: sql<string>`${sql.param(terms, searchDocuments.terms)}`.as('terms'),
        })
        .from(conversations)
        .where(
          and(
            isConversation(key.organization_id, key.id),
            notExists(db.select({ one: sql`1` }).from(searchDocuments).where(sameNumber)),
          ),
        ),
    ),
  ]);
}
