import { getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { sqliteTables, type Tables } from '../dialects.ts';

/** What a copy copies: every table but the records of migrations, which each database writes itself. */
export type Copied = Exclude<keyof Tables, 'migrationRecords' | 'wranglerMigrations'>;

const { migrationRecords: _, wranglerMigrations: __, ...copied } = sqliteTables;

/**
 * The order of a copy: a table comes after those that its foreign keys point to, and otherwise where
 * the schema has it.
 *
 * @throws Error where foreign keys point in a circle, so that there is no such order
 */
export function copyOrder(): Copied[] {
  const names = Object.keys(copied) as Copied[];
  const nameOf = new Map<string, Copied>(names.map((name) => [getTableName(copied[name]), name]));
  const order: Copied[] = [];
  function visit(name: Copied, path: readonly Copied[]): void {
    if (order.includes(name)) return;
    if (path.includes(name))
      throw new Error(`Foreign keys in a circle: ${[...path, name].join(' → ')}`);
    for (const key of getTableConfig(copied[name]).foreignKeys) {
      const target = nameOf.get(getTableName(key.reference().foreignTable));
      if (target && target !== name) visit(target, [...path, name]);
    }
    order.push(name);
  }
  for (const name of names) visit(name, []);
  return order;
}

/** The columns of a table's primary key, in its order: by them a copy reads page after page. */
export function keyColumns(name: Copied): string[] {
  // FTS5 has no keys. No two documents have the same number in D1, which has them in its order.
  if (name === 'searchDocuments') return ['document'];
  const { columns, primaryKeys } = getTableConfig(copied[name]);
  const [key] = primaryKeys;
  const names = key ? key.columns : columns.filter(({ primary }) => primary);
  if (names.length === 0) throw new Error(`${name} has no primary key to copy it by.`);
  return names.map((column) => column.name);
}
