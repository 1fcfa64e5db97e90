import { type Column, type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import { FoyerError } from '../kernel/errors.ts';

/** The key of a page's last row, as an opaque string: lists are paged by what they are ordered by. */
export function encodeCursor(key: readonly (string | number)[]): string {
  return btoa(JSON.stringify(key)).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** @throws FoyerError validation_failed for a cursor that is not one of this list's */
export function decodeCursor<Key>(cursor: string, key: z.ZodType<Key>): Key {
  try {
    return key.parse(JSON.parse(atob(cursor.replaceAll('-', '+').replaceAll('_', '/'))));
  } catch {
    throw new FoyerError('validation_failed', { fields: { cursor: 'Not a cursor of this list.' } });
  }
}

/** The last millisecond of the year 9999: what every database can hold. */
const LAST_TIME = 253_402_300_799_999;
const timeAndId = z.tuple([z.number().int().min(0).max(LAST_TIME), z.uuid()]);

/**
 * A condition: the rows beyond a cursor of a list that is ordered by a time and then the id. A
 * comparison of rows, which the databases seek in the index; spelt with OR they would read every
 * page before.
 *
 * @throws FoyerError validation_failed for a cursor that is not one of this list's
 */
export function beyond(direction: '<' | '>', time: Column, id: Column, cursor: string): SQL {
  const [at, last] = decodeCursor(cursor, timeAndId);
  const key = sql`(${sql.param(new Date(at), time)}, ${sql.param(last, id)})`;
  return direction === '<' ? sql`(${time}, ${id}) < ${key}` : sql`(${time}, ${id}) > ${key}`;
}

/** Cuts `limit + 1` rows to a page, with the cursor of the next one. */
export function page<Row, Item>(
  rows: readonly Row[],
  limit: number,
  key: (row: Row) => readonly (string | number)[],
  item: (row: Row) => Item,
): { items: Item[]; next_cursor: string | null } {
  const last = rows[limit - 1];
  return {
    items: rows.slice(0, limit).map(item),
    next_cursor: rows.length > limit && last ? encodeCursor(key(last)) : null,
  };
}
