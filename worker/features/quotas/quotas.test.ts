import { describe, expect, test } from 'vitest';
import { areQuotasValid, DEFAULT_QUOTAS, isTrusted, quotasOf } from './quotas.ts';

const of = (value?: string) => (value === undefined ? {} : { FOYER_QUOTAS: value });

describe('FOYER_QUOTAS', () => {
  test.each([undefined, '', ' '])('left out (%j), the defaults hold', (value) => {
    expect(quotasOf(of(value))).toEqual(DEFAULT_QUOTAS);
    expect(areQuotasValid(of(value))).toBe(true);
  });

  test('changes what it names, over the defaults', () => {
    expect(quotasOf(of('{"conversation_ratings": 2}'))).toEqual({
      ...DEFAULT_QUOTAS,
      conversation_ratings: 2,
    });
  });

  test('off lifts every number', () => {
    const { trusted_addresses: _, ...numbers } = quotasOf(of('off'));
    expect(Object.keys(numbers).length).toBeGreaterThan(10);
    for (const number of Object.values(numbers)) expect(number).toBeGreaterThanOrEqual(1e12);
  });

  test.each([
    ['no JSON', '{'],
    ['no object', '7'],
    ['an unknown name', '{"messages": 5}'],
    ['a number below one', '{"conversation_ratings": 0}'],
    ['a fraction', '{"conversation_ratings": 1.5}'],
    ['a text for a number', '{"conversation_ratings": "5"}'],
    ['a range that is none', '{"trusted_addresses": ["office"]}'],
  ])('%s is not understood: the defaults hold and it is said', (_what, value) => {
    expect(areQuotasValid(of(value))).toBe(false);
    expect(quotasOf(of(value))).toEqual(DEFAULT_QUOTAS);
  });

  test('trusted ranges', () => {
    const quotas = quotasOf(of('{"trusted_addresses": ["203.0.113.0/24", "2001:db8::/32"]}'));
    expect(isTrusted(quotas, '203.0.113.9')).toBe(true);
    expect(isTrusted(quotas, '2001:db8:1::1')).toBe(true);
    expect(isTrusted(quotas, '198.51.100.1')).toBe(false);
  });
});
