import { expect, test } from 'vitest';
import { inWords, problemOf, readHours, toDepartmentChange, toDepartmentDraft } from './draft.ts';

test('C12: hours are a whole number from one to ninety days', () => {
  expect(readHours(' 48 ')).toEqual({ hours: 48 });
  expect(readHours('2160')).toEqual({ hours: 2160 });
  for (const text of ['', '0', '2161', '1.5', '-3', 'two', '1e2', '999999999']) {
    expect([text, readHours(text)]).toEqual([text, { problem: expect.stringContaining('2,160') }]);
  }
});

test('a time in words', () => {
  expect([1, 5, 24, 28, 49, 2160].map(inWords)).toEqual([
    '1 hour',
    '5 hours',
    '1 day',
    '1 day and 4 hours',
    '2 days and 1 hour',
    '90 days',
  ]);
});

test('C12: a department’s setting is sent as it was chosen', () => {
  for (const autoClose of ['inherit', 'off', 5] as const) {
    expect(toDepartmentChange(toDepartmentDraft(autoClose))).toBe(autoClose);
  }
  expect(toDepartmentChange(toDepartmentDraft(undefined))).toBe('inherit');
  expect(problemOf({ choice: 'own', hours: '9999' })).toContain('2,160');
  expect(problemOf({ choice: 'off', hours: '9999' })).toBeUndefined();
});
