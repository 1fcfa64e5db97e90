import { beforeAll, expect, test } from 'vitest';
import { speak } from '../strings/index.ts';
import { texts } from '../strings/languages/en.ts';
import { dayOf, startsDay, startsGroup } from './times.ts';

const at = (day: number, hour: number, minute = 0) =>
  new Date(2027, 2, day, hour, minute).toISOString();
const by = (id: string, sent_at: string, kind = 'text') => ({
  sent_at,
  kind,
  sender: { kind: 'agent', id },
});

beforeAll(() => speak(Promise.resolve(texts)));

test('days are the reader’s own, also across a change of the clock', () => {
  const now = new Date(2027, 2, 29, 0, 30);
  expect(dayOf(at(29, 0), now)).toBe('Today');
  expect(dayOf(at(28, 23, 59), now)).toBe('Yesterday');
  expect(dayOf(at(27, 12), now)).toMatch(/27/);
  expect(dayOf(new Date(2025, 0, 2).toISOString(), now)).toMatch(/2025/);
});

test('a day begins with its first message', () => {
  expect(startsDay(by('a', at(2, 9)), undefined)).toBe(true);
  expect(startsDay(by('a', at(2, 9)), by('a', at(1, 23, 59)))).toBe(true);
  expect(startsDay(by('a', at(2, 9)), by('a', at(2, 0)))).toBe(false);
});

test('a group ends with its sender, with an event, and after five minutes', () => {
  const first = by('a', at(1, 9, 0));
  expect(startsGroup(by('a', at(1, 9, 5)), first)).toBe(false);
  expect(startsGroup(by('a', at(1, 9, 6)), first)).toBe(true);
  expect(startsGroup(by('b', at(1, 9, 1)), first)).toBe(true);
  expect(startsGroup(by('a', at(1, 9, 1)), by('a', at(1, 9, 0), 'event'))).toBe(true);
});
