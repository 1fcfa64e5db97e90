import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Disk } from '../test/stand-ins/sqlite.ts';
import { WATCHED } from './agents/socket-memory.ts';
import { Unattended } from './unattended.ts';

let disk: Disk;

beforeEach(() => {
  disk = new Disk();
  vi.useFakeTimers({ now: 1_800_000_000_000 });
});
afterEach(() => {
  vi.useRealTimers();
});

const writes = () => disk.ran.filter((query) => !query.startsWith('SELECT'));

test('P8: writes nothing, not even its table, before there is something to keep', () => {
  const unattended = new Unattended(disk);
  expect(unattended.take('amos', null)).toEqual([]);
  expect(writes()).toEqual([]);
});

test('gives a session what it watched, once, newest first, also after a sleep', () => {
  new Unattended(disk).add('amos', 's1', ['c1', 'c2']);
  new Unattended(disk).add('amos', 's1', ['c3']);
  const unattended = new Unattended(disk);
  expect(unattended.take('amos', 's1')).toEqual(['c3', 'c2', 'c1']);
  expect(unattended.take('amos', 's1')).toEqual([]);
});

test('keeps sessions and agents apart, and gives all of an agent at once', () => {
  const unattended = new Unattended(disk);
  unattended.add('amos', 's1', ['c1']);
  unattended.add('amos', 's2', ['c2']);
  unattended.add('bea', 's3', ['c3']);
  expect(unattended.take('amos', null).sort()).toEqual(['c1', 'c2']);
  expect(unattended.take('bea', 's3')).toEqual(['c3']);
});

test('keeps as many as a socket does, and forgets sessions that are long over', () => {
  const unattended = new Unattended(disk);
  for (let number = 0; number <= WATCHED; number += 1) unattended.add('amos', 's1', [`c${number}`]);
  expect(unattended.take('amos', 's1')).toHaveLength(WATCHED);
  unattended.add('amos', 's1', ['c1']);
  vi.advanceTimersByTime(32 * 24 * 60 * 60_000);
  unattended.add('bea', 's2', ['c2']);
  expect(unattended.take('amos', null)).toEqual([]);
});

test('P8: a dropped connection that comes back to the same conversations writes nothing, for a day', () => {
  const unattended = new Unattended(disk);
  unattended.add('amos', 's1', ['c1', 'c2']);
  const before = writes().length;
  unattended.add('amos', 's1', ['c1']);
  unattended.add('amos', 's1', ['c2']);
  expect(writes()).toHaveLength(before);
  vi.advanceTimersByTime(25 * 60 * 60_000);
  unattended.add('amos', 's1', ['c1']);
  expect(writes().length).toBeGreaterThan(before);
  expect(unattended.take('amos', 's1').sort()).toEqual(['c1', 'c2']);
});
