import { createRequire } from 'node:module';
import { getTableColumns, is, Table } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { SQLiteTable } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { kitOfPostgres, sqliteKit } from './kit.ts';
import { tablesOf } from './tables/index.ts';

/** The queries are written against the one and run on both: names and row types must be equal. */

const require = createRequire(import.meta.url);
/** What drizzle-kit reads and makes migrations of. */
const sqlite: object = require('./schema.sqlite.cjs');
const postgres: object = require('./schema.postgres.cjs');

const tables = (schema: object) =>
  Object.entries(schema).filter((entry): entry is [string, Table] => is(entry[1], Table));

describe('the two schemas', () => {
  test('export every table, each in the types of its own database', () => {
    const names = Object.keys(tablesOf(sqliteKit)).sort();
    expect(names.length).toBeGreaterThan(20);
    expect(Object.keys(sqlite).sort()).toEqual(names);
    expect(Object.keys(postgres).sort()).toEqual(names);
    expect(Object.values(sqlite).every((table) => is(table, SQLiteTable))).toBe(true);
    expect(Object.values(postgres).every((table) => is(table, PgTable))).toBe(true);
  });

  test('have the same tables with the same columns under the same names', () => {
    const named = (schema: object) =>
      tables(schema).map(([name, table]) => [
        name,
        Object.entries(getTableColumns(table)).map(([key, column]) => [
          key,
          column.name,
          column.notNull,
          column.hasDefault,
          column.isUnique,
        ]),
      ]);
    expect(named(postgres)).toEqual(named(sqlite));
  });
});

describe('the kit of Postgres', () => {
  test('makes everything that the kit of SQLite makes', () => {
    expect(Object.keys(kitOfPostgres).sort()).toEqual(Object.keys(sqliteKit).sort());
  });
});
