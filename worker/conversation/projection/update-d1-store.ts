import { type Column, getTableName } from 'drizzle-orm';
import { z } from 'zod';
import { tables } from '../../database/configured.ts';
import { batchOnD1, type Database } from '../../database/database.ts';
import type { Statement } from '../../database/postgres.ts';
import type { ColumnSet, RecordWrite, Row } from './update-sets.ts';

const { conversations } = tables;

/** The most parameters of a statement on D1 (developers.cloudflare.com/d1/platform/limits). */
const MOST_PARAMETERS = 100;

const answers = z.array(z.object({ id: z.string() }));

/**
 * Updates rows on D1: all statements in one batch, which takes effect as a whole. Their texts are
 * written here: each message of a conversation updates its row, and drizzle would take longer to build
 * the statement than everything else takes.
 *
 * @returns the ids of the rows that were as guessed
 */
export async function updateOnD1(
  db: Database,
  organization: string,
  sets: readonly ColumnSet[],
  record: RecordWrite,
): Promise<string[]> {
  const updates = sets.flatMap(({ columns, rows }) => {
    // A row has two parameters besides its values, and the organization is one more.
    const size = Math.floor((MOST_PARAMETERS - 1) / (columns.length + 2));
    return chunks(rows, size).map((some) => {
      const [only, ...others] = some;
      return only && others.length === 0
        ? updateOne(organization, columns, only)
        : updateMany(organization, columns, some);
    });
  });
  const statements = record ? [...updates, record.toSQL()] : updates;
  if (statements.length === 0) return [];
  const results = await batchOnD1(db, statements);
  return results
    .slice(0, updates.length)
    .flatMap((rows) => answers.parse(rows).map(({ id }) => id));
}

const TABLE = quoted(getTableName(conversations));
const [ORGANIZATION, ID, VERSION] = [
  conversations.organization_id,
  conversations.id,
  conversations.version,
].map((column) => `${TABLE}.${nameOf(column)}`);

function updateOne(organization: string, columns: readonly Column[], row: Row): Statement {
  const set = columns.map((column) => `${nameOf(column)} = ?`).join(', ');
  return {
    sql: `update ${TABLE} set ${set}
      where ${ORGANIZATION} = ? and ${ID} = ? and ${VERSION} = ? returning ${nameOf(conversations.id)}`,
    params: [...written(columns, row), organization, row.id, row.was],
  };
}

/** SQLite calls the columns of values `column1`, `column2` and so on. */
function updateMany(
  organization: string,
  columns: readonly Column[],
  rows: readonly Row[],
): Statement {
  const set = columns.map((column, index) => `${nameOf(column)} = next.column${index + 3}`);
  const line = `(${['?', '?', ...columns.map(() => '?')].join(', ')})`;
  return {
    sql: `update ${TABLE} set ${set.join(', ')} from (values ${rows.map(() => line).join(', ')}) as next
      where ${ORGANIZATION} = ? and ${ID} = next.column1 and ${VERSION} = next.column2
      returning ${nameOf(conversations.id)}`,
    params: [...rows.flatMap((row) => [row.id, row.was, ...written(columns, row)]), organization],
  };
}

/** The values as their columns keep them. */
function written(columns: readonly Column[], { values }: Row): unknown[] {
  return columns.map((column, index) => {
    const value = values[index];
    return value === null ? null : column.mapToDriverValue(value);
  });
}

function nameOf({ name }: Column): string {
  return quoted(name);
}

/** Between backticks, as drizzle/dialects.ts says. */
function quoted(name: string): string {
  return `\`${name}\``;
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
