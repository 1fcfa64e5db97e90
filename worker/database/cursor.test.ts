import { expect, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, page } from './cursor.ts';

const key = z.tuple([z.number(), z.string()]);

test('a cursor comes back as the key that it was, and passes through an address unescaped', () => {
  for (const id of ['0190-a', '>>>???', '~~~', '']) {
    const cursor = encodeCursor([1_800_000_000_000, id]);
    expect(encodeURIComponent(cursor)).toBe(cursor);
    expect(decodeCursor(cursor, key)).toEqual([1_800_000_000_000, id]);
  }
});

test.each(['nonsense', '', '%%%', encodeCursor(['of another list']), btoa('{"a":1}')])(
  'P9: %j is refused by the name of its field',
  (cursor) => {
    expect(() => decodeCursor(cursor, key)).toThrow(
      expect.objectContaining({
        code: 'validation_failed',
        fields: { cursor: expect.any(String) },
      }),
    );
  },
);

test('a page has a cursor of its last row when there is one row more, and none otherwise', () => {
  const cut = (rows: number[]) => page(rows, 2, (row) => [row, 'x'], String);
  expect(cut([])).toEqual({ items: [], next_cursor: null });
  expect(cut([1, 2])).toEqual({ items: ['1', '2'], next_cursor: null });
  const { items, next_cursor } = cut([1, 2, 3]);
  expect(items).toEqual(['1', '2']);
  expect(decodeCursor(next_cursor ?? '', key)).toEqual([2, 'x']);
});
