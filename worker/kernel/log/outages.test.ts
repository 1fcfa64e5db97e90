import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type Memory, type Outage, Outages, SETTLE } from './outages.ts';

let lines: { event: string; failures?: number; seconds?: number; conversation?: string }[];
let now: number;

beforeEach(() => {
  lines = [];
  now = Date.parse('2027-01-15T08:00:00.000Z');
  for (const method of ['error', 'warn', 'log'] as const) {
    vi.spyOn(console, method).mockImplementation((line) => void lines.push(JSON.parse(line)));
  }
});

afterEach(() => {
  vi.restoreAllMocks();
});

const away = new Error('D1_ERROR: Network connection lost.');
const conversation = '01900000-0000-7000-8000-000000000001';

test('O10: a day without a database is a line at its start, one an hour, and one at its end', () => {
  const outages = new Outages(() => now);
  for (let minute = 0; minute < 24 * 60; minute += 5) {
    outages.failed('database', away, { conversation });
    now += 5 * 60_000;
  }
  outages.worked('database');
  outages.worked('database');
  expect(lines[0]).toMatchObject({ event: 'outage_began', conversation, code: 'network_lost' });
  expect(lines.slice(1, -1).every(({ event }) => event === 'outage_continues')).toBe(true);
  expect(lines.at(-1)).toMatchObject({ event: 'outage_ended', failures: 288, seconds: 86_400 });
  expect(lines.length).toBeLessThanOrEqual(26);
});

test('O10: a conversation that sleeps between its tries goes on with the same outage', () => {
  let stored: Outage | null = null;
  const memory: Memory = {
    read: () => stored && { ...stored },
    write: (outage) => {
      stored = outage && { ...outage };
    },
  };
  for (let attempt = 0; attempt < 288; attempt += 1) {
    // Each try in an isolate of its own.
    new Outages(() => now).failed('database', away, { conversation }, memory);
    now += 5 * 60_000;
  }
  new Outages(() => now).worked('database', { conversation }, memory);
  expect(lines.length).toBeLessThanOrEqual(26);
  expect(lines.at(-1)).toMatchObject({ event: 'outage_ended', seconds: 86_400 });
  expect(stored).toBeNull();
});

test('O10: a database that answers every other time makes two lines a minute at most', () => {
  const outages = new Outages(() => now);
  for (let second = 0; second < 600; second += 1) {
    outages.failed('database', away);
    now += 500;
    outages.worked('database');
    now += 500;
  }
  expect(lines.length).toBeLessThanOrEqual(20);
});

test('an outage that comes later is another one', () => {
  const outages = new Outages(() => now);
  outages.failed('database', away);
  outages.worked('database');
  now += SETTLE + 1;
  outages.failed('database', away);
  expect(lines.map(({ event }) => event)).toEqual(['outage_began', 'outage_ended', 'outage_began']);
});

test('one service away says nothing of another', () => {
  const outages = new Outages(() => now);
  outages.failed('database', away);
  outages.worked('inbox');
  expect(lines.map(({ event }) => event)).toEqual(['outage_began']);
});
