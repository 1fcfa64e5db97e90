import { expect, test } from 'vitest';
import { queryOf } from './query.ts';

test('days begin and end in the reader’s time zone, and the last one is included', () => {
  expect(queryOf({ kind: 'team', from: '2026-11-28', to: '2026-11-29' })).toEqual({
    kind: 'team',
    from: new Date(2026, 10, 28).toISOString(),
    to: new Date(2026, 10, 30).toISOString(),
  });
});

test('ignores empty values, invalid days and repeated parameters', () => {
  expect(queryOf({ kind: '', actor: ['a', 'b'], from: 'yesterday', to: '' })).toEqual({
    without: 'presence',
  });
});
