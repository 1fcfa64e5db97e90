import type { DrizzleD1Database } from 'drizzle-orm/d1';
import { drizzle } from 'drizzle-orm/node-postgres';
import { SQLiteDialect } from 'drizzle-orm/sqlite-core';
import type { Client } from 'pg';
import { kitOfPostgres, sqliteKit } from './kit.ts';
import {
  postgresMigrationRecords,
  sqliteMigrationRecords,
  wranglerMigrations,
} from './migrations/migration-records.ts';
import { postgresSearchDocuments, sqliteSearchDocuments } from './search-documents.ts';
import { tablesOf } from './tables/index.ts';

/**
 * Two databases, one set of queries. They are written against the SQLite tables; on Postgres they
 * run on its own tables, whose names and row types are the same. What makes the one pass for the
 * other is here and nowhere else.
 */

/**
 * Names in SQLite stand between backticks. Between double quotes, SQLite reads a name that it does not
 * know as a text (sqlite.org/quirks.html#dblquote): a column that a migration has yet to add would be
 * read as its own name, and a condition on it would compare that. Between backticks it is an error.
 */
SQLiteDialect.prototype.escapeName = (name) => `\`${name.replaceAll('`', '``')}\``;

/** The tables that the migrations make, without those that they make by hand. */
const sqlite = tablesOf(sqliteKit);
const postgres = tablesOf(kitOfPostgres);

export type Tables = typeof sqlite & {
  searchDocuments: typeof sqliteSearchDocuments;
  migrationRecords: typeof sqliteMigrationRecords;
  /** D1 only. */
  wranglerMigrations: typeof wranglerMigrations;
};

/** The database as the queries see it: what every driver has, and nothing that only one has. */
export type Database = DrizzleD1Database<Tables>;

export const sqliteTables: Tables = {
  ...sqlite,
  searchDocuments: sqliteSearchDocuments,
  migrationRecords: sqliteMigrationRecords,
  wranglerMigrations,
};

export const postgresTables = {
  ...postgres,
  searchDocuments: postgresSearchDocuments,
  migrationRecords: postgresMigrationRecords,
  wranglerMigrations,
} as unknown as Tables;

/** What is needed of a connection: node-postgres' `query`, whoever does it. */
export type Queryable = { query(config: unknown, values?: unknown[]): Promise<unknown> };

/** The queries on Postgres. The connection decides when it opens and closes. */
export function openPostgres(connection: Queryable): Database {
  const client = connection as unknown as Client;
  return drizzle({ client, schema: postgres }) as unknown as Database;
}
