import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { idOfEntry, timeOf, uuidv7 } from './ids.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const millisecondsOf = (id: string) => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16);

test('ids are of version 7 and sort by when they were made, within a millisecond too', () => {
  const ids = Array.from({ length: 1_000 }, uuidv7);
  vi.advanceTimersByTime(1);
  ids.push(uuidv7());
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(ids).size).toBe(ids.length);
  for (const id of ids)
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
});

test('a clock that steps back a little changes no order', () => {
  vi.setSystemTime(10_000_000);
  const before = uuidv7();
  vi.setSystemTime(10_000_000 - 1_000);
  expect(uuidv7() > before).toBe(true);
});

test('a clock that is set back by days is followed', () => {
  vi.setSystemTime(20_000_000_000);
  uuidv7();
  vi.setSystemTime(10_000_000_000);
  expect(millisecondsOf(uuidv7())).toBe(10_000_000_000);
});

test('the id of an entry is the same each time, and within a millisecond in the order of the entries', async () => {
  const time = new Date('2026-11-29T10:00:00.123Z');
  const conversation = uuidv7();
  const idsOf = (of: string) =>
    Promise.all(Array.from({ length: 50 }, (_, index) => idOfEntry(time, of, index + 1)));
  const ids = await idsOf(conversation);
  expect(await idsOf(conversation)).toEqual(ids);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set([...ids, ...(await idsOf(uuidv7()))]).size).toBe(100);
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-/);
    expect(timeOf(id)).toEqual(time);
  }
});
