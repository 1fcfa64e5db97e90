import { pgTable, text as pgText } from 'drizzle-orm/pg-core';
import { sqliteTable, text } from 'drizzle-orm/sqlite-core';

/**
 * What a database says of the migrations that it has. `foyer_migrations` has the hash of each text, and
 * is written by whatever applies them (migrate.ts, d1-migrations.ts). On D1 wrangler keeps a table of
 * its own, `d1_migrations`, with names alone. The schemas list neither.
 */

export const sqliteMigrationRecords = sqliteTable('foyer_migrations', {
  name: text().notNull(),
  hash: text().notNull(),
});

export const postgresMigrationRecords = pgTable('foyer_migrations', {
  name: pgText().notNull(),
  hash: pgText().notNull(),
});

/** D1 only. */
export const wranglerMigrations = sqliteTable('d1_migrations', { name: text().notNull() });
