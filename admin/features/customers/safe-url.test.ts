import { expect, it } from 'vitest';
import { safeUrl } from './safe-url.ts';

it.each([
  null,
  '',
  'pricing',
  '//acme.example',
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'file:///etc/passwd',
])('makes no link of %j', (value) => {
  expect(safeUrl(value)).toBeNull();
});

it('makes links of web addresses', () => {
  expect(safeUrl('https://acme.example/pricing?plan=team')?.pathname).toBe('/pricing');
  expect(safeUrl('http://localhost:3000/')?.host).toBe('localhost:3000');
});
