import { expect, it } from 'vitest';
import { returnPath, signInPath } from './return-path.ts';

it('leads back to the page that was open', () => {
  expect(signInPath('/admin/inbox/mine/c1', '?department=d1')).toBe(
    '/sign-in?return=%2Finbox%2Fmine%2Fc1%3Fdepartment%3Dd1',
  );
  expect(signInPath('/admin', '')).toBe('/sign-in');
  expect(returnPath('/inbox/mine/c1?department=d1')).toBe('/inbox/mine/c1?department=d1');
});

it.each([
  undefined,
  '',
  '/',
  'https://evil.example',
  '//evil.example',
  '/\\evil.example',
  'javascript:alert(1)',
  '/sign-in?return=/sign-in',
])('never leads to %j', (value) => {
  expect(returnPath(value)).toBe('/inbox/unassigned');
});
