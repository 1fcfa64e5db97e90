import { expect, test } from 'vitest';
import type { Env } from '../../env.ts';
import { configuredOrigin, dashboardOrigin, linkFor, publicOrigin } from './public-url.ts';

const bound = (FOYER_PUBLIC_URL?: string) => ({ FOYER_PUBLIC_URL }) as Env;
const at = (url: string) => new Request(url);

test.each([
  ['https://chat.example.com', 'https://chat.example.com'],
  ['https://chat.example.com/', 'https://chat.example.com'],
  ['https://chat.example.com:8443', 'https://chat.example.com:8443'],
  ['http://localhost:8787', 'http://localhost:8787'],
  ['http://127.0.0.1:8787/', 'http://127.0.0.1:8787'],
  ['http://chat.example.com', null],
  ['https://chat.example.com/foyer', null],
  ['https://user:pass@chat.example.com', null],
  ['https://chat.example.com?x', null],
  ['ftp://chat.example.com', null],
  ['javascript:alert(1)', null],
  ['chat.example.com', null],
  ['', null],
])('S12: FOYER_PUBLIC_URL %s is the address %s', (text, origin) => {
  expect(configuredOrigin(bound(text))).toBe(origin);
});

test('S12: mailed links begin with the configured address, whatever the Host', () => {
  const env = bound('https://chat.example.com');
  for (const url of ['https://evil.example/api', 'http://localhost:1/api']) {
    expect(publicOrigin(env, at(url))).toBe('https://chat.example.com');
    expect(dashboardOrigin(env, at(url))).toBe('https://chat.example.com');
  }
  expect(publicOrigin(bound('http://chat.example.com'), at('http://localhost:1'))).toBe(null);
});

test('S12: without it only a loopback address is known', () => {
  expect(publicOrigin(bound(), at('http://localhost:8787/api'))).toBe('http://localhost:8787');
  expect(publicOrigin(bound(''), at('http://[::1]:8787/api'))).toBe('http://[::1]:8787');
  for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example']) {
    expect(publicOrigin(bound(), at(`https://${host}/api`))).toBe(null);
    expect(linkFor(bound(), at(`https://${host}/api`), '/admin/join#x')).toBe('/admin/join#x');
  }
});
