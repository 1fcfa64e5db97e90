import { getTableColumns, is, Table } from 'drizzle-orm';
import { describe, expect, expectTypeOf, test } from 'vitest';
import * as postgres from './schema.postgres.ts';
import * as sqlite from './schema.sqlite.ts';

/** The queries are written against the one and run on both: names and row types must be equal. */

type Rows<Schema> = {
  [Name in keyof Schema as Schema[Name] extends Table ? Name : never]: Schema[Name] extends Table
    ? Schema[Name]['$inferSelect']
    : never;
};
type NewRows<Schema> = {
  [Name in keyof Schema as Schema[Name] extends Table ? Name : never]: Schema[Name] extends Table
    ? Schema[Name]['$inferInsert']
    : never;
};

const tablesOf = (schema: object) =>
  Object.entries(schema).filter((entry): entry is [string, Table] => is(entry[1], Table));

describe('the two schemas', () => {
  test('have rows of the same types', () => {
    expectTypeOf<Rows<typeof postgres>>().toEqualTypeOf<Rows<typeof sqlite>>();
    expectTypeOf<NewRows<typeof postgres>>().toEqualTypeOf<NewRows<typeof sqlite>>();
  });

  test('have the same tables with the same columns under the same names', () => {
    const named = (schema: object) =>
      tablesOf(schema).map(([name, table]) => [
        name,
        Object.entries(getTableColumns(table)).map(([key, column]) => [
          key,
          column.name,
          column.notNull,
          column.hasDefault,
        ]),
      ]);
    expect(named(postgres)).toEqual(named(sqlite));
  });
});
