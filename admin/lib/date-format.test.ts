import { afterEach, expect, it, vi } from 'vitest';
import { formatDate } from './date-format.ts';

const noon = new Date('2026-11-29T12:00:00.000Z');
const time = { hour: '2-digit', minute: '2-digit' } as const;

afterEach(() => {
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});

it('follows the time zone and the language of the reader', () => {
  vi.stubEnv('TZ', 'Europe/Berlin');
  expect(formatDate('en-GB', noon, time)).toBe('13:00');
  vi.stubEnv('TZ', 'America/New_York');
  expect(formatDate('en-GB', noon, time)).toBe('07:00');
  expect(formatDate('en-GB', noon, { weekday: 'long' })).toBe('Sunday');
  expect(formatDate('de', noon, { weekday: 'long' })).toBe('Sonntag');
});

it('makes one formatter for a thousand times', () => {
  const made = vi.spyOn(Intl, 'DateTimeFormat');
  for (let minute = 0; minute < 1_000; minute++) {
    formatDate('en-GB', new Date(noon.getTime() + minute * 60_000), { ...time, second: '2-digit' });
  }
  expect(made).toHaveBeenCalledTimes(1);
});
