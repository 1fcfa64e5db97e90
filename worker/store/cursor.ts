import type { z } from 'zod';
import { FoyerError } from '../errors.ts';

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
