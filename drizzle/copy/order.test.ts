import { getTableColumns, getTableName } from 'drizzle-orm';
import { getTableConfig } from 'drizzle-orm/sqlite-core';
import { expect, test } from 'vitest';
import { sqliteTables } from '../dialects.ts';
import { sqliteKit } from '../kit.ts';
import { tablesOf } from '../tables/index.ts';
import { copyOrder, keyColumns } from './order.ts';

const order = copyOrder();

test('a copy has every table once, and the documents of the search', () => {
  const every = [...Object.keys(tablesOf(sqliteKit)), 'searchDocuments'];
  expect([...order].sort()).toEqual(every.sort());
});

test('what a key points to is copied before it', () => {
  const place = new Map<string, number>(
    order.map((name, index) => [getTableName(sqliteTables[name]), index]),
  );
  let keys = 0;
  for (const name of order) {
    const table = sqliteTables[name];
    for (const key of getTableConfig(table).foreignKeys) {
      keys += 1;
      const target = getTableName(key.reference().foreignTable);
      expect(place.get(target), `${name} needs ${target}`).toBeLessThan(order.indexOf(name));
    }
  }
  expect(keys).toBeGreaterThan(20);
});

test('each is read by its primary key', () => {
  for (const name of order) {
    const columns = keyColumns(name);
    expect(Object.keys(getTableColumns(sqliteTables[name]))).toEqual(
      expect.arrayContaining(columns),
    );
  }
  expect(keyColumns('users')).toEqual(['id']);
  expect(keyColumns('widgetSettings')).toEqual(['organization_id']);
  expect(keyColumns('conversationMentions')).toEqual([
    'organization_id',
    'user_id',
    'conversation_id',
  ]);
});
