import { bigint, integer as int, pgTable, uuid } from 'drizzle-orm/pg-core';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { IndexedText } from '../protocol/resources/search.ts';
import { jsonb, tsvector } from './postgres-types.ts';

/**
 * The documents of the search: what was said in a conversation, as its object wrote it down last, with
 * the words by which it is found. One row each, which each database has in its own kind: of a virtual
 * table of FTS5, which keeps the texts unindexed, or of a table with a GIN index. The migrations make
 * it by hand (behind `-- custom`), and the schemas do not list it; for the queries it is one table, as
 * the others are. `document` is made of the conversation's id, so that the newest come first
 * (search/document-number.ts); `version` is the last entry of the log that changed a text.
 */

export const sqliteSearchDocuments = sqliteTable('search_documents', {
  organization_id: text().notNull(),
  document: integer('rowid').notNull(),
  conversation_id: text().notNull(),
  version: integer().notNull(),
  texts: text({ mode: 'json' }).$type<IndexedText[]>().notNull(),
  /** Can be asked for, and not read: FTS5 keeps where the words are, and no text of them. */
  terms: text().notNull(),
});

export const postgresSearchDocuments = pgTable('search_documents', {
  organization_id: uuid().notNull(),
  document: bigint({ mode: 'number' }).notNull(),
  conversation_id: uuid().notNull(),
  version: int().notNull(),
  texts: jsonb<IndexedText[]>().notNull(),
  terms: tsvector().notNull(),
});
