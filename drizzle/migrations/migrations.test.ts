import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { describe, expect, test } from 'vitest';
import { sqliteKit } from '../kit.ts';
import { tablesOf } from '../tables/index.ts';

const folder = new URL('../sqlite/', import.meta.url);

/** @param fill does something with the database before the last migrations, from that one on */
function migrated(from = '9', fill = (_: DatabaseSync) => {}): DatabaseSync {
  const database = new DatabaseSync(':memory:');
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  const apply = (file: string) => database.exec(readFileSync(new URL(file, folder), 'utf8'));
  for (const file of files.sort()) if (file < from) apply(file);
  fill(database);
  for (const file of files) if (file >= from) apply(file);
  return database;
}

const tables = Object.values(tablesOf(sqliteKit)).map((table) => getTableConfig(table));

/** What a migrated database says of its own table. */
function described(database: DatabaseSync, table: string) {
  const columns = database.prepare('SELECT * FROM pragma_table_xinfo(?) ORDER BY cid').all(table);
  const indexes = database
    .prepare(
      `SELECT name, sql FROM sqlite_schema WHERE tbl_name = ? AND type = 'index' AND sql <> ''`,
    )
    .all(table);
  const foreignKeys = database
    .prepare('SELECT * FROM pragma_foreign_key_list(?) ORDER BY id, seq')
    .all(table);
  return { columns, indexes, foreignKeys };
}

describe('the D1 migrations', () => {
  test('make the tables of the schema and no others', () => {
    const made = migrated()
      .prepare(`SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'search_documents%'
         ORDER BY name`)
      .all()
      .map((row) => row.name);
    expect(made).toEqual(tables.map((table) => table.name).sort());
  });

  test('and one virtual table, of which the schema knows nothing: the documents of the search', () => {
    const made = migrated()
      .prepare(`SELECT name FROM pragma_table_list WHERE type = 'virtual'`)
      .all();
    expect(made).toEqual([{ name: 'search_documents' }]);
  });

  test.each(tables)('agree with the schema on $name', (table) => {
    const { columns, indexes, foreignKeys } = described(migrated(), table.name);
    const keys = new Set(
      table.primaryKeys.flatMap((key) => key.columns.map((column) => column.name)),
    );
    // A column that came later stands last in the database, and where it belongs in the schema.
    const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
    expect(
      columns
        .map((column) => ({
          name: String(column.name),
          type: column.type,
          required: column.notnull === 1,
          key: Number(column.pk) > 0,
          hasDefault: column.dflt_value !== null,
        }))
        .sort(byName),
    ).toEqual(
      table.columns
        .map((column) => ({
          name: column.name,
          type: column.getSQLType().toUpperCase(),
          required: column.notNull,
          key: column.primary || keys.has(column.name),
          hasDefault: column.hasDefault,
        }))
        .sort(byName),
    );
    const unique = table.columns.filter((column) => column.isUnique);
    expect(indexes.map((index) => index.name).sort()).toEqual(
      [
        ...table.indexes.map((index) => index.config.name),
        ...unique.map((column) => column.uniqueName),
      ].sort(),
    );
    expect(new Set(foreignKeys.map((key) => key.id)).size).toBe(table.foreignKeys.length);
  });

  test('P8: every table is without a rowid, which an insert would pay for, and strict', () => {
    const listed = migrated()
      .prepare(`SELECT name, wr, strict FROM pragma_table_list WHERE name NOT LIKE 'sqlite_%'
           AND name NOT LIKE 'search_documents%'`)
      .all();
    expect(listed).toHaveLength(tables.length);
    for (const table of listed) expect(table).toMatchObject({ wr: 1, strict: 1 });
  });

  test('P6: every index and key of a tenant table begins with organization_id', () => {
    const database = migrated();
    // better-auth keys its own by id; the public key is what tells which organization is meant.
    const others = ['members', 'invitations'];
    const byPublicKey = 'widget_settings_public_key_unique';
    const tenant = tables.filter(
      ({ name, columns }) =>
        !others.includes(name) && columns.some((column) => column.name === 'organization_id'),
    );
    for (const { name } of tenant) {
      const indexes = database
        .prepare(
          `SELECT list.name, info.name AS first FROM pragma_index_list(?) AS list
           JOIN pragma_index_info(list.name) AS info WHERE info.seqno = 0 AND list.name <> ?`,
        )
        .all(name, byPublicKey);
      expect(indexes.length, name).toBeGreaterThan(0);
      for (const index of indexes) expect(index).toMatchObject({ first: 'organization_id' });
    }
  });

  test('a document from before it was one row is found as it was, and goes as a whole', () => {
    const number = 2n ** 52n + 7n;
    const database = migrated('0002', (before) => {
      before.exec('PRAGMA foreign_keys = OFF');
      const document = before.prepare('INSERT INTO search_documents VALUES (?, ?, ?, 5, ?)');
      const words = before.prepare(
        'INSERT INTO search_index (organization_id, rowid, terms) VALUES (?, ?, ?)',
      );
      document.run('o', number, 'c', '["Où est mon vélo, mon vélo ?"]');
      words.run('o', number, 'omou omest ommon omvélo ommon omvélo');
      document.run('p', 8, 'd', '[]');
      words.run('p', 8, '');
    });
    const search = (words: string) =>
      database
        .prepare(
          `SELECT organization_id, conversation_id, version, texts FROM search_documents
           WHERE search_documents MATCH ?`,
        )
        .all(words);
    const whole = { organization_id: 'o', conversation_id: 'c', version: 5 };
    expect(search('"ommon omvélo ommon"')).toEqual([
      { ...whole, texts: '["Où est mon vélo, mon vélo ?"]' },
    ]);
    expect(search('"omvélo omest"')).toEqual([]);
    const ids = database.prepare('SELECT rowid AS document FROM search_documents');
    ids.setReadBigInts(true);
    expect(ids.all()).toEqual([{ document: 8n }, { document: number }]);
    database.exec('DELETE FROM search_documents');
    expect(database.prepare('SELECT * FROM search_documents_content').all()).toEqual([]);
    expect(search('omest')).toEqual([]);
  });

  test('the queues are read in order from their index, without sorting', () => {
    const database = migrated();
    const plan = (where: string) =>
      database
        .prepare(
          `EXPLAIN QUERY PLAN SELECT * FROM conversations WHERE organization_id = 'o' AND ${where}
           ORDER BY activity_at DESC, id DESC LIMIT 51`,
        )
        .all()
        .map((step) => step.detail);
    expect(plan(`shelf = 'open'`)).toEqual([
      'SEARCH conversations USING INDEX conversations_activity (organization_id=? AND shelf=?)',
    ]);
    expect(plan(`assignee_id = 'a' AND shelf = 'snoozed'`)).toEqual([
      'SEARCH conversations USING INDEX conversations_assignee (organization_id=? AND assignee_id=? AND shelf=?)',
    ]);
    expect(plan(`department_id = 'd' AND shelf = 'closed'`)).toEqual([
      'SEARCH conversations USING INDEX conversations_department (organization_id=? AND department_id=? AND shelf=?)',
    ]);
  });

  test('a visitor has one open conversation in a department, and belongs to the same tenant', () => {
    const database = migrated();
    database.exec(`
      INSERT INTO organizations (id, name, slug, created_at) VALUES ('o', 'O', 'o', 0), ('p', 'P', 'p', 0);
      INSERT INTO departments (organization_id, id, name, position, pre_chat_fields) VALUES
        ('o', 'd', 'D', 0, '[]'), ('p', 'd', 'D', 0, '[]');
      INSERT INTO widget_customers
        (organization_id, id, visitor_id, custom_fields, first_seen_at, last_seen_at)
        VALUES ('o', 'w', 'v', '{}', 0, 0);`);
    const start = (organization: string, id: string, status: string, closedAt: number | null) =>
      database
        .prepare(
          `INSERT INTO conversations (organization_id, id, widget_customer_id, pre_chat_data,
             created_at, department_id, status, closed_at, activity_at)
           VALUES (?, ?, 'w', '{}', 0, 'd', ?, ?, 0)`,
        )
        .run(organization, id, status, closedAt);
    start('o', '1', 'closed', 1);
    start('o', '2', 'waiting', null);
    expect(() => start('o', '3', 'active', null)).toThrow(/UNIQUE/);
    expect(() => start('o', '3', 'closed', null)).toThrow(/conversations_closed/);
    expect(() => start('p', '3', 'waiting', null)).toThrow(/FOREIGN KEY/);
    expect(database.prepare('PRAGMA foreign_key_check').all()).toEqual([]);
  });
});

test('P9: a Postgres that does not answer is said in a sentence, without a stack', () => {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(import.meta.dirname, 'migrate.ts')],
    // Nothing listens to port 1.
    {
      encoding: 'utf8',
      env: { ...process.env, DATABASE_URL: 'postgres://foyer@127.0.0.1:1/none' },
    },
  );
  expect([status, stdout]).toEqual([1, '']);
  expect(stderr).toBe('The Postgres at DATABASE_URL: connect ECONNREFUSED 127.0.0.1:1\n');
});
