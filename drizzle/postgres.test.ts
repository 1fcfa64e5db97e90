import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startPostgres } from '../scripts/postgres/server.mjs';
import { migrate } from './migrations/migrate.ts';

/**
 * The migrated Postgres, beside the migrated D1: what both promise is the same. `search_documents` is
 * the one exception: each has its own kind of full-text index.
 */

const folder = mkdtempSync(join(tmpdir(), 'foyer-schema-'));
let url: string;
let stop: () => Promise<void>;
let client: Client;
const sqlite = new DatabaseSync(':memory:');

beforeAll(async () => {
  ({ url, stop } = await startPostgres(folder, { durable: false }));
  // As on the first deployment of two at once: they take turns.
  const applied = await Promise.all([migrate(url), migrate(url)]);
  const migrations = readdirSync(join(import.meta.dirname, 'postgres')).filter((name) =>
    name.endsWith('.sql'),
  );
  expect(applied.flat()).toEqual(migrations.sort());
  client = new Client({ connectionString: url });
  await client.connect();
  const files = join(import.meta.dirname, 'sqlite');
  for (const file of readdirSync(files).filter((name) => name.endsWith('.sql'))) {
    sqlite.exec(readFileSync(join(files, file), 'utf8'));
  }
}, 60_000);

afterAll(async () => {
  await client.end();
  await stop();
  rmSync(folder, { recursive: true });
});

type Row = Record<string, unknown>;
const ask = async (sql: string): Promise<Row[]> => (await client.query(sql)).rows;
const askSqlite = (sql: string): Row[] => sqlite.prepare(sql).all();

/** How each of SQLite's types is spelt in Postgres; the names tell which text and which integer. */
const TYPES: Record<string, readonly string[]> = {
  TEXT: ['text', 'uuid', 'jsonb', 'inet'],
  INTEGER: ['integer', 'bigint', 'boolean', 'timestamp with time zone'],
};

/** A condition without what the databases spell each in their own way. */
const plain = (sql: unknown) =>
  String(sql)
    .toLowerCase()
    .replaceAll('::text', '')
    .replace(/[()"`\s]/g, '');

describe('both migrated databases have the same', () => {
  test('tables and columns', async () => {
    const fromSqlite = askSqlite(
      `SELECT list.name AS "table", info.name, info.type, info."notnull" AS required,
         info.dflt_value IS NOT NULL AS preset
       FROM pragma_table_list AS list JOIN pragma_table_info(list.name) AS info
       WHERE list.schema = 'main' AND list.name NOT LIKE 'sqlite_%'
         AND list.name NOT LIKE 'search_documents%' ORDER BY list.name, info.cid`,
    );
    const fromPostgres = await ask(
      `SELECT table_name AS "table", column_name AS name, data_type AS type,
         (is_nullable = 'NO')::int AS required, (column_default IS NOT NULL)::int AS preset
       FROM information_schema.columns
       WHERE table_schema = 'public' AND table_name NOT IN ('foyer_migrations', 'search_documents')
       ORDER BY table_name COLLATE "C", ordinal_position`,
    );
    const spelt = fromSqlite.map((column, index) => {
      const type = fromPostgres[index]?.type;
      const same = TYPES[String(column.type)]?.includes(String(type));
      return { ...column, type: same ? type : column.type };
    });
    expect(fromPostgres).toEqual(spelt);
    expect(fromPostgres.length).toBeGreaterThan(100);
  });

  test('primary and unique keys, with their conditions', async () => {
    const fromSqlite = askSqlite(
      `SELECT list.name AS "table",
         (SELECT group_concat(info.name, ',') FROM pragma_index_info(key.name) AS info) AS columns,
         (SELECT sql FROM sqlite_schema WHERE name = key.name) AS sql
       FROM pragma_table_list AS list JOIN pragma_index_list(list.name) AS key
       WHERE list.schema = 'main' AND key."unique" AND list.name NOT LIKE 'search_documents%'`,
    ).map(({ table, columns, sql }) => {
      const condition = String(sql).split(' WHERE ')[1];
      return `${table} (${columns}) ${condition ? plain(condition) : ''}`;
    });
    const fromPostgres = (
      await ask(
        `SELECT indrelid::regclass AS "table", pg_get_expr(indpred, indrelid) AS condition,
           (SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(indkey) WITH ORDINALITY
              AS key(number, place) JOIN pg_attribute ON attrelid = indrelid AND attnum = number
           ) AS columns
         FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
         WHERE indisunique AND relnamespace = 'public'::regnamespace
           AND indrelid NOT IN ('foyer_migrations'::regclass, 'search_documents'::regclass)`,
      )
    ).map(
      ({ table, columns, condition }) =>
        `${table} (${columns}) ${condition === null ? '' : plain(condition)}`,
    );
    expect(fromPostgres.sort()).toEqual(fromSqlite.sort());
  });

  test('foreign keys', async () => {
    const fromSqlite = askSqlite(
      `SELECT list.name AS "table", key.id, key."table" AS target, lower(key.on_delete) AS deleted,
         group_concat(key."from", ',') AS columns, group_concat(key."to", ',') AS keys
       FROM pragma_table_list AS list JOIN pragma_foreign_key_list(list.name) AS key
       WHERE list.schema = 'main' GROUP BY list.name, key.id`,
    ).map(
      ({ table, columns, target, keys, deleted }) =>
        `${table} (${columns}) ${target} (${keys}) ${deleted}`,
    );
    const fromPostgres = (
      await ask(
        `SELECT conrelid::regclass AS "table", confrelid::regclass AS target,
           CASE confdeltype WHEN 'c' THEN 'cascade' WHEN 'a' THEN 'no action' END AS deleted,
           ${names('conkey', 'conrelid')} AS columns, ${names('confkey', 'confrelid')} AS keys
         FROM pg_constraint WHERE contype = 'f' AND conrelid <> 'search_documents'::regclass`,
      )
    ).map(
      ({ table, columns, target, keys, deleted }) =>
        `${table} (${columns}) ${target} (${keys}) ${deleted}`,
    );
    expect(fromPostgres.sort()).toEqual(fromSqlite.sort());
  });

  test('checks', async () => {
    const fromPostgres = await ask(
      `SELECT conname, pg_get_constraintdef(oid) AS rule FROM pg_constraint WHERE contype = 'c'
         AND connamespace = 'public'::regnamespace ORDER BY conname`,
    );
    const fromSqlite = askSqlite(`SELECT sql FROM sqlite_schema WHERE sql LIKE '%CHECK%'`)
      .flatMap(({ sql }) => [...String(sql).matchAll(/CONSTRAINT "(\w+)" CHECK\((.*)\)/g)])
      .map(([, conname, rule]) => ({ conname, rule: `check${plain(rule)}` }));
    expect(fromPostgres.map(({ conname, rule }) => ({ conname, rule: plain(rule) }))).toEqual(
      fromSqlite.sort((a, b) => String(a.conname).localeCompare(String(b.conname))),
    );
  });
});

/** The names of a constraint's columns, in its order. */
function names(numbers: string, table: string): string {
  return `(SELECT string_agg(attname, ',' ORDER BY place) FROM unnest(${numbers}) WITH ORDINALITY
    AS key(number, place) JOIN pg_attribute ON attrelid = ${table} AND attnum = number)`;
}

describe('P8: a page of a queue is read in order from its index', () => {
  test.each([
    [`shelf = 'open'`, 'conversations_activity'],
    [`shelf = 'closed'`, 'conversations_activity'],
    [`assignee_id = $2 AND shelf = 'open'`, 'conversations_assignee'],
    [`department_id = $2 AND shelf = 'snoozed'`, 'conversations_department'],
  ])('%s by %s', async (condition, index) => {
    await client.query('SET enable_seqscan = off; SET enable_sort = off');
    const some = '019a4b00-0000-7000-8000-000000000001';
    const where = condition.replace('$2', `'${some}'`);
    const plan = await ask(
      `EXPLAIN SELECT * FROM conversations WHERE organization_id = '${some}' AND ${where}
         AND (activity_at, id) < (now(), '${some}')
       ORDER BY activity_at DESC, id DESC LIMIT 51`,
    );
    const steps = plan.map((step) => String(step['QUERY PLAN']).trim());
    expect(steps[1]).toContain(`Index Scan Backward using ${index} on`);
    // The place in the order is sought in the index, and not looked for row by row.
    expect(steps[2]).toMatch(/^Index Cond: .*ROW\(activity_at, id\) </);
    expect(steps).toHaveLength(3);
  });
});

describe('beyond one machine', () => {
  const scale = readFileSync(join(import.meta.dirname, '..', 'docs', 'scale.md'), 'utf8');
  const named = (statement: string) =>
    [...scale.matchAll(new RegExp(`${statement}\\('(\\w+)'`, 'g'))].map(([, table]) => table);
  const distributed = named('create_distributed_table');
  const reference = named('create_reference_table');

  test('docs/scale.md places every table on Citus', async () => {
    const tables = await ask(
      `SELECT tablename FROM pg_tables WHERE schemaname = 'public'
         AND tablename <> 'foyer_migrations' ORDER BY tablename`,
    );
    expect([...distributed, ...reference].sort()).toEqual(tables.map(({ tablename }) => tablename));
  });

  test('P6: every primary, unique and foreign key of a distributed table carries the tenant', async () => {
    const keys = await ask(
      `SELECT indrelid::regclass::text AS "table", NULL AS target,
         (SELECT string_agg(attname, ',') FROM pg_attribute
          WHERE attrelid = indrelid AND attnum = ANY (indkey)) AS columns
       FROM pg_index WHERE indisunique
       UNION ALL
       SELECT conrelid::regclass::text, confrelid::regclass::text, ${names('conkey', 'conrelid')}
       FROM pg_constraint WHERE contype = 'f'`,
    );
    const own = keys.filter(({ table }) => distributed.includes(String(table)));
    expect(own.length).toBeGreaterThan(distributed.length);
    for (const key of own) {
      // Reference tables are on every node: a key to one of them need not say which.
      if (!reference.includes(String(key.target))) {
        expect(String(key.columns).split(','), JSON.stringify(key)).toContain('organization_id');
      }
    }
    const back = keys.filter(({ table }) => reference.includes(String(table)));
    for (const { target } of back) expect(distributed).not.toContain(target);
  });
});

test('a document from before it was one row is found as it was', async () => {
  await client.query('CREATE DATABASE before');
  const before = new Client({ connectionString: url.replace(/\/\w+$/, '/before') });
  await before.connect();
  const apply = (file: string) =>
    before.query(readFileSync(join(import.meta.dirname, 'postgres', file), 'utf8'));
  await apply('0000_start.sql');
  await apply('0001_workspace.sql');
  const id = (last: number) => `019a4b00-0000-7000-8000-00000000000${last}`;
  await before.query(`
    SET session_replication_role = replica;
    INSERT INTO search_documents VALUES ('${id(1)}', 7, '${id(2)}', 5, '["mon vélo"]');
    INSERT INTO search_index VALUES ('${id(1)}', 7, '''ommon'':1 ''omvélo'':2');
    SET session_replication_role = origin;`);
  await apply('0002_search.sql');
  const { rows } = await before.query(
    `SELECT document, conversation_id, version, texts FROM search_documents
     WHERE terms @@ '''ommon'' <-> ''omvélo'''`,
  );
  expect(rows).toEqual([
    { document: '7', conversation_id: id(2), version: 5, texts: ['mon vélo'] },
  ]);
  await before.end();
});

describe('migrations are only ever added', () => {
  test('applying them again does nothing', async () => {
    expect(await migrate(url)).toEqual([]);
  });

  test('O13: a database that the next version has migrated is used as it is', async () => {
    await client.query(`INSERT INTO foyer_migrations VALUES ('0900_later.sql', 'its hash')`);
    expect(await migrate(url)).toEqual([]);
  });

  test('O13: one that lost what this version uses is refused', async () => {
    await client.query(
      `INSERT INTO foyer_migrations VALUES ('0901_less_contract.sql', 'its hash')`,
    );
    await expect(migrate(url)).rejects.toThrow('removes what this version uses');
    await client.query(`DELETE FROM foyer_migrations WHERE name LIKE '09%'`);
  });

  test('one that was changed after it was applied is refused', async () => {
    await client.query(
      `UPDATE foyer_migrations SET hash = 'another' WHERE name = '0000_start.sql'`,
    );
    await expect(migrate(url)).rejects.toThrow('0000_start.sql was changed');
  });

  test('a database of another line of versions is refused', async () => {
    await client.query(`UPDATE foyer_migrations SET name = '0000_other.sql'
       WHERE name = '0000_start.sql'`);
    await expect(migrate(url)).rejects.toThrow('which this version of Foyer does not have');
  });
});

test('a lock that somebody holds is an error within seconds', { timeout: 10_000 }, async () => {
  const holder = new Client({ connectionString: url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE users');
  await expect(client.query('SELECT 1 FROM users')).rejects.toMatchObject({ code: '55P03' });
  await holder.end();
});
