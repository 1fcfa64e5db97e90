import { bigint, customType, pgTable, uuid } from 'drizzle-orm/pg-core';
import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * The full-text index, which each database has in its own kind: a virtual table of FTS5, or a table
 * with a GIN index. The migrations make it by hand (behind `-- custom`), and the schemas do not list
 * it; for the queries it is one table, as the others are.
 */

export const sqliteSearchIndex = sqliteTable('search_index', {
  organization_id: text().notNull(),
  document: integer('rowid').notNull(),
  terms: text().notNull(),
});

const tsvector = customType<{ data: string }>({ dataType: () => 'tsvector' });

export const postgresSearchIndex = pgTable('search_index', {
  organization_id: uuid().notNull(),
  document: bigint({ mode: 'number' }).notNull(),
  terms: tsvector().notNull(),
});
