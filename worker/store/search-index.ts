import { and, eq, lt, sql } from 'drizzle-orm';
import { documentNumber } from '../../drizzle/search/document-number.ts';
import { documentTerms } from '../../drizzle/search/terms.ts';
import { postgresSearchIndex, sqliteSearchIndex } from '../../drizzle/search-index.ts';
import type { IndexedText } from '../../protocol/search.ts';
import type { Env } from '../env.ts';
import { conversations, databaseKind, searchDocuments, widgetCustomers } from './configured.ts';
import { isConversation, itsCustomer } from './conversations/rows.ts';
import { type Database, openDatabase, writeAll } from './database.ts';

/** The words of the documents, as each database indexes them. */
export const searchIndex =
  databaseKind === 'postgres'
    ? (postgresSearchIndex as unknown as typeof sqliteSearchIndex)
    : sqliteSearchIndex;

/** Whose it is. */
type Key = { organization_id: string; id: string };

/** What was said in a conversation; `version` is the last entry of the log that changed a text. */
export type Spoken = { version: number; texts: IndexedText[] };

/** Where a conversation object writes what the search finds of it. */
export interface SearchIndex {
  /** Replaces the conversation's document, if that is older. May run twice, late, or not at all. */
  write(key: Key, read: () => Spoken): Promise<void>;
}

export function searchIndexOf(env: Env): SearchIndex {
  return { write: (key, read) => indexConversation(openDatabase(env), key, read) };
}

async function indexConversation(db: Database, key: Key, read: () => Spoken): Promise<void> {
  const document = documentNumber(key.id);
  const own = and(
    eq(searchDocuments.organization_id, key.organization_id),
    eq(searchDocuments.document, document),
    eq(searchDocuments.conversation_id, key.id),
  );
  const [known] = await db
    .select({
      version: searchDocuments.version,
      full_name: widgetCustomers.full_name,
      email: widgetCustomers.email,
      phone: widgetCustomers.phone,
    })
    .from(conversations)
    .leftJoin(widgetCustomers, itsCustomer)
    .leftJoin(searchDocuments, own)
    .where(isConversation(key.organization_id, key.id));
  const { version, texts } = read();
  if (!known || (known.version !== null && known.version >= version)) return;
  const { full_name, email, phone } = known;
  const terms = documentTerms(databaseKind, key.organization_id, {
    texts,
    customer: [full_name, email, phone],
  });
  await writeAll(db, [
    db
      .insert(searchDocuments)
      .values({
        organization_id: key.organization_id,
        document,
        conversation_id: key.id,
        version,
        texts,
      })
      .onConflictDoUpdate({
        target: [searchDocuments.organization_id, searchDocuments.document],
        set: { version, texts },
        setWhere: sql`${eq(searchDocuments.conversation_id, key.id)}
          AND ${lt(searchDocuments.version, version)}`,
      }),
    ...termWrites(db, key, terms, version),
  ]);
}

/** Each takes effect only where the document has this version. */
function termWrites(db: Database, { organization_id, id }: Key, terms: string, version: number) {
  const document = documentNumber(id);
  const holds = and(
    eq(searchDocuments.organization_id, organization_id),
    eq(searchDocuments.document, document),
    eq(searchDocuments.conversation_id, id),
    eq(searchDocuments.version, version),
  );
  const written =
    databaseKind === 'postgres' ? sql<string>`${terms}::tsvector` : sql<string>`${terms}`;
  return [
    db
      .delete(searchIndex)
      .where(
        and(
          databaseKind === 'postgres'
            ? eq(searchIndex.organization_id, organization_id)
            : undefined,
          eq(searchIndex.document, document),
          sql`EXISTS (SELECT 1 FROM ${searchDocuments} WHERE ${holds})`,
        ),
      ),
    db.insert(searchIndex).select(
      db
        .select({
          organization_id: searchDocuments.organization_id,
          document: sql<number>`${searchDocuments.document}`.as('document'),
          terms: written.as('terms'),
        })
        .from(searchDocuments)
        .where(holds),
    ),
  ];
}

/**
 * Has a customer found by the name and the address that they have now, and not only by those of the
 * time, by way of the document of this conversation of theirs.
 */
export async function indexCustomer(
  db: Database,
  key: Key,
  customer: { full_name: string | null; email: string | null; phone: string | null },
): Promise<void> {
  const [found] = await db
    .select({ version: searchDocuments.version, texts: searchDocuments.texts })
    .from(searchDocuments)
    .where(
      and(
        eq(searchDocuments.organization_id, key.organization_id),
        eq(searchDocuments.document, documentNumber(key.id)),
        eq(searchDocuments.conversation_id, key.id),
      ),
    );
  if (!found) return;
  const { full_name, email, phone } = customer;
  const terms = documentTerms(databaseKind, key.organization_id, {
    texts: found.texts,
    customer: [full_name, email, phone],
  });
  const [gone, made] = termWrites(db, key, terms, found.version);
  if (gone && made) await writeAll(db, [gone, made]);
}
