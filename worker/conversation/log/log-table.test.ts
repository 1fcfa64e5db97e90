import { createHash } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { CREATE, SCHEMA, STEPS } from './log-table.ts';

/** One for each step that a release has had. A further step appends one; none ever changes. */
const FROZEN = [
  '4059baf602e490e06273cf62b19b3457587556751aacd332384ea257778e2bab',
  '7251da017791bb40666959221eb091634aaa253200864967ecc667e8e95c0df4',
];

const columns = (statements: readonly string[]) => {
  const database = new DatabaseSync(':memory:');
  for (const statement of statements) database.exec(statement);
  const rows = database.prepare(`SELECT * FROM pragma_table_xinfo('messages')`).all();
  database.close();
  return rows;
};

test("O1: the steps of the objects' table are those that objects have gone through", () => {
  expect(STEPS.map((step) => createHash('sha256').update(step).digest('hex'))).toEqual(FROZEN);
  expect(SCHEMA).toBe(STEPS.length);
});

test('a new table is as the steps make an old one', () => {
  expect(columns([CREATE])).toEqual(columns(STEPS));
});
