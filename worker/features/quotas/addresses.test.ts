import { describe, expect, test } from 'vitest';
import { Addresses, mustNotBeRefused } from './addresses.ts';
import { DEFAULT_QUOTAS } from './quotas.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

describe('S1: what one address does', () => {
  test('100 new visitors an hour are fine, more are suspected, 500 and more are refused', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const states = Array.from({ length: 501 }, () => addresses.arrived('a', 0).state);
    expect(states.indexOf('suspected')).toBe(100);
    expect(states.indexOf('refused')).toBe(500);
    expect(addresses.arrived('b', 0).state).toBe('fine');
    const late = addresses.judge('a', 45 * MINUTE);
    expect(late).toEqual({ state: 'refused', retry_after: 15 * 60 });
    expect(() => mustNotBeRefused(late)).toThrow(/network/);
    expect(addresses.arrived('a', HOUR)).toEqual({ state: 'fine', retry_after: 0 });
  });

  test('200 conversations an hour are fine, more are suspected, 1,000 and more are refused', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const states = Array.from({ length: 1_001 }, () => {
      addresses.heard({ began: 'a', said: [] }, 0);
      return addresses.judge('a', 0).state;
    });
    expect(states.indexOf('suspected')).toBe(200);
    expect(states.indexOf('refused')).toBe(1_000);
  });

  test('more than 600 messages a minute wait for the end of the minute', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    const say = (messages: number, now: number) =>
      addresses.heard({ said: [['a', messages]] }, now);
    expect(say(600, 0)).toEqual([]);
    expect(say(1, 10_000)).toEqual([{ address: 'a', until: MINUTE }]);
    // A conversation that begins meanwhile hears of it.
    expect(addresses.heard({ began: 'a', said: [] }, 20_000)).toEqual([
      { address: 'a', until: MINUTE },
    ]);
    expect(addresses.heard({ said: [['b', 1]] }, 20_000)).toEqual([]);
    expect(say(1, MINUTE)).toEqual([]);
  });

  test('a crowd: 300 people of one address in ten minutes are refused nothing', () => {
    const addresses = new Addresses(DEFAULT_QUOTAS);
    for (let person = 0; person < 300; person += 1) {
      const now = person * 2_000;
      expect(addresses.arrived('office', now).state).not.toBe('refused');
      expect(addresses.heard({ began: 'office', said: [['office', 10]] }, now)).toEqual([]);
      expect(addresses.judge('office', now).state).not.toBe('refused');
    }
  });
});
