import { type SQL, sql } from 'drizzle-orm';
import * as pg from 'drizzle-orm/pg-core';
import * as sqlite from 'drizzle-orm/sqlite-core';
import { inet, jsonb, text as storableText, uuid } from './postgres-types.ts';

/**
 * The columns and keys of both dialects under one name, so that a table is written once. `name` is
 * the column's, where it differs from its key.
 */

const sqliteTime = (name = '') => sqlite.integer(name, { mode: 'timestamp_ms' });
const sqliteText = (name = '') => sqlite.text(name);
const sqliteInteger = (name = '') => sqlite.integer(name);

/** A key's function that leaves a key's name out. */
function unnamed<Key extends (config: never) => unknown>(key: Key): Key {
  const nameless = ({ name: _, ...config }: { name?: string }) => key(config as never);
  return nameless as unknown as Key;
}

export const sqliteKit = {
  table: sqlite.sqliteTable,
  /** A required id. */
  id: () => sqlite.text().notNull(),
  /** An id. Postgres keeps a text that is none as no id. */
  uuid: sqliteText,
  text: sqliteText,
  /** A text that is one of these, for the types alone. */
  oneOf: <const Value extends string>(_: readonly Value[]) => sqlite.text().$type<Value>(),
  /** A value as JSON. */
  json: <Value>() => sqlite.text({ mode: 'json' }).$type<Value>(),
  /** A time in whole milliseconds: what was written is what is read. */
  time: sqliteTime,
  flag: (name = '') => sqlite.integer(name, { mode: 'boolean' }),
  /** A whole number below 2^31. */
  integer: sqliteInteger,
  /** A whole number below 2^53. */
  long: sqliteInteger,
  /** An address of IP version 4 or 6. Postgres keeps a text that is none as no address. */
  address: sqliteText,
  index: sqlite.index,
  uniqueIndex: sqlite.uniqueIndex,
  /** SQLite's keys have no names of their own; Postgres needs one where the columns' make it too long. */
  primaryKey: unnamed(sqlite.primaryKey),
  /** On SQLite the name is not used. */
  foreignKey: unnamed(sqlite.foreignKey),
  check: sqlite.check,
  /** A column as a check names it. */
  inCheck: (column: sqlite.AnySQLiteColumn): SQL => sql`${column}`,
};

/** What tables are written with. Queries see the SQLite tables, whichever database it is. */
export type Kit = typeof sqliteKit;

const postgresKit = {
  table: pg.pgTable,
  id: () => uuid().notNull(),
  uuid: (name = '') => uuid(name),
  text: (name = '') => storableText(name),
  oneOf: () => storableText(),
  json: <Value>() => jsonb<Value>(),
  time: (name = '') => pg.timestamp(name, { mode: 'date', precision: 3, withTimezone: true }),
  flag: (name = '') => pg.boolean(name),
  integer: (name = '') => pg.integer(name),
  long: (name = '') => pg.bigint(name, { mode: 'number' }),
  address: (name = '') => inet(name),
  index: pg.index,
  uniqueIndex: pg.uniqueIndex,
  primaryKey: pg.primaryKey,
  foreignKey: pg.foreignKey,
  check: pg.check,
  inCheck: ({ name }: pg.AnyPgColumn): SQL => sql.raw(name),
} satisfies Record<keyof Kit, unknown>;

/** The same for Postgres, in the types of the other: queries are written once. */
export const kitOfPostgres = postgresKit as unknown as Kit;
