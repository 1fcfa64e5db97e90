import { describe, expect, it } from 'vitest';
import {
  absoluteTime,
  agoTime,
  dayName,
  daysApart,
  relativeTime,
  waitingTime,
} from './relative-time.ts';

/** A moment in the reader's own time zone, whichever the machine has. */
const at = (day: number, hour = 12, minute = 0, month = 10) =>
  new Date(2026, month, day, hour, minute);
const now = at(12, 15).getTime();
const ago = (minutes: number) => new Date(now - minutes * 60_000).toISOString();

describe('relativeTime', () => {
  it.each([
    [ago(0), 'now'],
    [ago(-2), 'now'],
    [ago(0.9), 'now'],
    [ago(1), '1 min'],
    [ago(59.9), '59 min'],
    [ago(60), '1 h'],
    [at(12, 0, 5).toISOString(), '14 h'],
    [at(11, 23).toISOString(), 'Yesterday'],
    [at(10).toISOString(), 'Tue'],
    [at(5).toISOString(), '5 Nov'],
    [new Date(2025, 10, 5).toISOString(), '5 Nov 2025'],
  ])('says %s as %s', (time, expected) => {
    expect(relativeTime(time, now)).toBe(expected);
  });

  it('uses hours just after midnight', () => {
    const midnight = at(12, 1).getTime();
    expect(relativeTime(at(11, 23).toISOString(), midnight)).toBe('2 h');
    expect(relativeTime(at(11, 12).toISOString(), midnight)).toBe('Yesterday');
  });
});

describe('agoTime', () => {
  it.each([
    [ago(0), 'just now'],
    [ago(4), '4 min ago'],
    [ago(120), '2 h ago'],
    [at(11, 9).toISOString(), 'Yesterday'],
    [at(5).toISOString(), '5 Nov'],
  ])('says %s as %s', (time, expected) => {
    expect(agoTime(time, now)).toBe(expected);
  });
});

describe('waitingTime', () => {
  it.each([
    [ago(-1), 'under 1 min'],
    [ago(0.5), 'under 1 min'],
    [ago(4), '4 min'],
    [ago(60), '1 h'],
    [ago(125), '2 h 5 min'],
    [ago(24 * 60), '1 day'],
    [ago(3 * 24 * 60 + 5), '3 days'],
  ])('says %s as %s', (time, expected) => {
    expect(waitingTime(time, now)).toBe(expected);
  });
});

describe('dayName', () => {
  it.each([
    [at(12, 0, 1), 'Today'],
    [at(13), 'Today'],
    [at(11, 23, 59), 'Yesterday'],
    [at(9), 'Monday'],
    [at(5), '5 November 2026'],
  ])('says %s as %s', (date, expected) => {
    expect(dayName(date.toISOString(), now)).toBe(expected);
  });
});

describe('daysApart', () => {
  it('counts calendar days, regardless of hours and daylight saving', () => {
    expect(daysApart(at(11, 23, 59), at(12, 0, 0))).toBe(1);
    expect(daysApart(at(12, 0, 0), at(12, 23, 59))).toBe(0);
    expect(daysApart(at(28, 23, 59, 2), at(30, 0, 0, 2))).toBe(2);
  });
});

it('says a moment in full', () => {
  expect(absoluteTime(at(12, 14, 5).toISOString())).toMatch(/Thu.*12 Nov.* 2026.*14:05/);
});
