import { describe, expect, test } from 'vitest';
import { Addresses, CALM_CONVERSATIONS, mustNotBeRefused } from './addresses.ts';
import { DEFAULT_QUOTAS } from './quotas.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const calm = { address: 'a', until: 0, calm: true };

describe('S1: what one address does', () => {
  test('100 new visitors an hour are fine, more are suspected, 500 and more are refused', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const states = Array.from({ length: 501 }, () => addresses.arrived('a', 0).state);
    expect(states.indexOf('suspected')).toBe(100);
    expect(states.indexOf('refused')).toBe(500);
    expect(addresses.arrived('b', 0).state).toBe('fine');
    const late = addresses.judge('a', 0, 45 * MINUTE);
    expect(late).toEqual({ state: 'refused', retry_after: 15 * 60 });
    expect(() => mustNotBeRefused(late)).toThrow(/network/);
    expect(addresses.arrived('a', HOUR)).toEqual({ state: 'fine', retry_after: 0 });
  });

  test('200 conversations an hour are fine, more are suspected, 1,000 and more are refused', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const states = Array.from({ length: 1_001 }, (_, id) => {
      addresses.heard(`${id}`, { began: 'a', said: [] }, 0);
      return addresses.judge('a', 0, 0).state;
    });
    expect(states.indexOf('suspected')).toBe(200);
    expect(states.indexOf('refused')).toBe(1_000);
  });

  test('more than 600 messages a minute wait for the end of the minute', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const say = (messages: number, now: number) =>
      addresses.heard('1', { said: [['a', messages, 10]] }, now);
    expect(say(600, 0)).toEqual([calm]);
    expect(say(1, 10_000)).toEqual([{ ...calm, until: MINUTE }]);
    // A conversation that begins in the meantime is told.
    expect(addresses.heard('2', { began: 'a', said: [] }, 20_000)).toEqual([
      { ...calm, until: MINUTE },
    ]);
    expect(addresses.heard('3', { said: [['b', 1, 10]] }, 20_000)).toEqual([
      { ...calm, address: 'b' },
    ]);
    expect(say(1, MINUTE)).toEqual([calm]);
  });

  test('a crowd: 300 people of one address in ten minutes are refused nothing', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    for (let person = 0; person < 300; person += 1) {
      const now = person * 2_000;
      expect(addresses.arrived('office', now).state).not.toBe('refused');
      expect(addresses.judge('office', 300, now).state).not.toBe('refused');
      addresses.heard(`${person}`, { began: 'office', said: [] }, now);
      for (let message = 0; message < 10; message += 1) {
        expect(addresses.ask(`${person}`, 'office', 150, now + message * 100).until).toBe(0);
      }
    }
  });
});

describe('S10: what one address stores', () => {
  test('the first conversations of an hour tell afterwards, the others ask', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const isCalm = (id: number, now: number) =>
      addresses.heard(`${id}`, { said: [['a', 0, 0]] }, now).map((entry) => entry.calm);
    const all = Array.from({ length: 20 }, (_, id) => isCalm(id, 0)).flat();
    expect(all.indexOf(false)).toBe(CALM_CONVERSATIONS);
    expect(isCalm(19, MINUTE)).toEqual([false]);
    expect(isCalm(0, MINUTE)).toEqual([true]);
    expect(isCalm(19, HOUR)).toEqual([true]);
  });

  test('a message that asks is counted once and never passes the minute’s quota', () => {
    const addresses = new Addresses({ ...DEFAULT_QUOTAS, address_messages_per_minute: 3 });
    const untils = Array.from({ length: 5 }, () => addresses.ask('1', 'a', 1, 0).until);
    expect(untils).toEqual([0, 0, 0, MINUTE, MINUTE]);
    expect(addresses.ask('1', 'a', 1, MINUTE).until).toBe(0);
  });

  test('text is 1.5 MB at once, in messages and fields together, and as much again in an hour', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    addresses.heard('1', { began: 'a', fields: 500_000, said: [['a', 100, 500_000]] }, 0);
    expect(addresses.judge('a', 400_000, 0).state).toBe('fine');
    expect(addresses.judge('a', 200_000, 0)).toEqual({ state: 'refused', retry_after: 240 });
    expect(addresses.ask('1', 'a', 100_000, 0).until).toBe(0);
    expect(addresses.ask('1', 'a', 25_000, 0).until).toBe(MINUTE);
    expect(addresses.ask('1', 'a', 25_000, MINUTE).until).toBe(0);
    // An address above the limit waits, whatever it sends.
    addresses.heard('1', { said: [['a', 1, 25_000]] }, MINUTE);
    expect(addresses.heard('1', { said: [['a', 0, 0]] }, MINUTE)).toEqual([
      { ...calm, until: 2 * MINUTE, full_until: 2 * MINUTE },
    ]);
    expect(addresses.ask('1', 'b', 25_000, 0).until).toBe(0);
  });

  test('messages are 10,000 at once, and as many again in an hour', () => {
    const addresses = new Addresses({ ...DEFAULT_QUOTAS, address_messages_per_minute: 20_000 });
    addresses.heard('1', { said: [['a', 10_000, 0]] }, 0);
    expect(addresses.ask('1', 'a', 1, 0).until).toBe(360);
  });

  test('files are 1 GB, and the time is said', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    expect(addresses.takeFile('a', 1_000_000_000, 0)).toBe(null);
    expect(addresses.takeFile('a', 10_000_000, 0)).toBe(36);
    expect(addresses.takeFile('b', 10_000_000, 0)).toBe(null);
    expect(addresses.takeFile('a', 10_000_000, 36_000)).toBe(null);
  });
});
