import { describe, expect, test } from 'vitest';
import { differenceFrom, isAllowedOrigin } from './origins.ts';

const OWN = 'https://chat.example';
const SHOP = 'https://shop.example';

/** Whether a page that claims to be there, in a browser that says so, may show the widget. */
const allows = (allowed: string[], origin: string | null, sent?: string | null) =>
  isAllowedOrigin(allowed, OWN, [origin, sent]);

describe('an organization that names no origins', () => {
  test('may be used anywhere', () => {
    expect(allows([], SHOP)).toBe(true);
    expect(allows([], null)).toBe(true);
    expect(allows([], 'not an address', 'null')).toBe(true);
  });
});

describe('an organization that names its origins', () => {
  test('is used there, whatever the page', () => {
    expect(allows([SHOP], SHOP)).toBe(true);
    expect(allows([SHOP], 'https://shop.example/cart?id=1#top', OWN)).toBe(true);
    expect(allows(['https://a.example', SHOP], SHOP, SHOP)).toBe(true);
    expect(allows(['http://localhost:3000'], 'http://localhost:3000/')).toBe(true);
  });

  test.each([
    ['another site', 'https://evil.example'],
    ['a part of its name', 'https://shop.example.evil.example'],
    ['a subdomain', 'https://www.shop.example'],
    ['another scheme', 'http://shop.example'],
    ['another port', 'https://shop.example:8443'],
    ['its name as a user', 'https://shop.example@evil.example/'],
    ['its name as a path', 'https://evil.example/https://shop.example'],
    ['our own', OWN],
    ['no address', 'shop.example'],
    ['an opaque origin', 'data:text/html,hi'],
    ['null', 'null'],
    ['nothing', ''],
  ])('is not used at %s', (_what, origin) => {
    expect(allows([SHOP], origin)).toBe(false);
  });

  test('is not used where nobody says where it is', () => {
    expect(allows([SHOP], null)).toBe(false);
    expect(isAllowedOrigin([SHOP], OWN, [])).toBe(false);
    expect(allows([SHOP], null, SHOP)).toBe(false);
  });

  test('is not used by a page that says one thing while the browser says another', () => {
    expect(allows([SHOP], SHOP, 'https://evil.example')).toBe(false);
  });
});

test.each([
  [['https://shop.example'], ['http://shop.example/cart'], 'other_scheme'],
  [['https://shop.example'], ['https://shop.example:8443'], 'other_port'],
  [['https://shop.example'], ['https://www.shop.example/a'], 'other_subdomain'],
  [['https://www.shop.example'], ['https://shop.example'], 'other_subdomain'],
  [['https://shop.example'], ['https://else.example'], 'not_listed'],
  [['https://shop.example'], [null, undefined], 'no_origin'],
])('O10: of what is allowed (%j), %j lacks: %s', (allowed, claims, reason) => {
  expect(differenceFrom(allowed, claims)).toBe(reason);
});
