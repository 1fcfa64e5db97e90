import { DatabaseSync } from 'node:sqlite';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Ask, checkD1, recordD1 } from './d1-migrations.ts';
import { type MigrationFile, migrationFiles } from './migration-files.ts';

const files = migrationFiles('sqlite');
const names = files.map(({ name }) => name);

let database: DatabaseSync;

const ask: Ask = async (sql) => {
  if (sql.startsWith('SELECT')) return database.prepare(sql).all();
  database.exec(sql);
  return [];
};

/** Applies them as wrangler does: it keeps the names. */
function apply(migrations: Pick<MigrationFile, 'name' | 'text'>[]): void {
  database.exec(
    'CREATE TABLE IF NOT EXISTS d1_migrations (id INTEGER PRIMARY KEY, name TEXT UNIQUE)',
  );
  for (const { name, text } of migrations) {
    database.exec(text);
    database.prepare('INSERT INTO d1_migrations (name) VALUES (?)').run(name);
  }
}

beforeEach(() => {
  database = new DatabaseSync(':memory:');
});

describe('O1: before the migrations are applied', () => {
  test('an empty database lacks all of them', async () => {
    expect(await checkD1(ask)).toEqual(names);
  });

  test.each(names.map((name, index) => [name, index]))(
    'a database with all up to %s, as an earlier release left it, gets the rest',
    async (_, index) => {
      apply(files.slice(0, index + 1));
      expect(await checkD1(ask)).toEqual(names.slice(index + 1));
      apply(files.slice(index + 1));
      await recordD1(ask);
      expect(await checkD1(ask)).toEqual([]);
    },
  );

  test('one that was changed after it was applied is refused by its hash', async () => {
    apply(files);
    await recordD1(ask);
    const changed = files.map((file, index) => (index === 1 ? { ...file, hash: 'other' } : file));
    await expect(checkD1(ask, changed)).rejects.toThrow(
      /^The migration 0001_workspace\.sql was changed after it was applied to this database.*git checkout -- drizzle\/sqlite\/0001_workspace\.sql/,
    );
  });

  test.each([
    ['a column less', /ALTER TABLE `conversations` ADD `rating` [^;]+;/, '', 'conversations'],
    ['an index less', /CREATE INDEX `two_factors_user` [^;]+;/, '', 'two_factors'],
    ['another rule', ' STRICT, WITHOUT ROWID', ' STRICT', 'conversation_mentions'],
  ])('of before there were hashes, %s is noticed in the tables', async (_, from, to, table) => {
    const [start, workspace] = files;
    if (!start || !workspace) throw new Error('There are two migrations.');
    const text = workspace.text.replace(from, to);
    expect(text).not.toBe(workspace.text);
    apply([start, { name: workspace.name, text }]);
    await expect(checkD1(ask)).rejects.toThrow(
      new RegExp(
        `by a version of Foyer between two releases.*0001_workspace\\.sql.*\\(${table}\\). Nothing`,
      ),
    );
  });
});

describe('O13: a database that a later version has migrated', () => {
  const later = (name: string) => ({ name, text: 'CREATE TABLE later (id INTEGER) STRICT' });

  test('is used as it is', async () => {
    apply([...files, later('0900_later.sql')]);
    await recordD1(ask);
    expect(await checkD1(ask)).toEqual([]);
  });

  test('is refused where that took something away', async () => {
    apply([...files, later('0900_later_contract.sql')]);
    await recordD1(ask);
    await expect(checkD1(ask)).rejects.toThrow(/removes what this version uses/);
  });

  test('is refused where it lacks what this version brings', async () => {
    apply([...files.slice(0, -1), later('0900_later.sql')]);
    await recordD1(ask);
    await expect(checkD1(ask)).rejects.toThrow(/a different line of versions/);
  });
});
