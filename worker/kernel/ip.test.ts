import { describe, expect, test } from 'vitest';
import { isWithin, networkOf, parseRange } from './ip.ts';

describe('S2: one address for every limit', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:DB8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:0db8:0001:0002:0:0:0:1', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    // IPv4-mapped, in each of its spellings.
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['::FFFF:cb00:7107', '203.0.113.7'],
    ['0:0:0:0:0:ffff:203.0.113.7', '203.0.113.7'],
    // No address: one limit for all of them.
    ['unknown', 'unknown'],
    ['1.2.3', '1.2.3'],
    ['1::2::3', '1::2::3'],
    ['256.0.0.1', '256.0.0.1'],
  ])('%s counts as %s', (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe('ranges', () => {
  const ranges = ['203.0.113.0/24', '2001:db8:7::/48', '198.51.100.9', '::ffff:192.0.2.0/120'];
  const parsed = ranges.flatMap((text) => parseRange(text) ?? []);

  test.each([
    ['203.0.113.200', true],
    ['::ffff:203.0.113.200', true],
    ['203.0.114.1', false],
    ['2001:db8:7:ffff::1', true],
    ['2001:db8:8::1', false],
    ['198.51.100.9', true],
    ['198.51.100.8', false],
    ['192.0.2.77', true],
    ['unknown', false],
  ])('%s: %s', (address, expected) => {
    expect(parsed).toHaveLength(ranges.length);
    expect(isWithin(address, parsed)).toBe(expected);
  });

  test.each([
    '203.0.113.0/33',
    '203.0.113.0/x',
    'office',
    '10.0.0.0/8/8',
    '2001:db8::/129',
    '',
    '/8',
  ])('%s is none', (text) => {
    expect(parseRange(text)).toBe(null);
  });
});
