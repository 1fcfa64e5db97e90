import { expect, test } from 'vitest';
import { given } from './given.ts';

test('what is undefined does not cover what is there; null does', () => {
  const change: { name: string; tint?: string | null | undefined } = {
    name: 'Bug',
    tint: undefined,
  };
  const before: { name: string; tint: string | null } = { name: 'Fault', tint: '#00ff00' };
  const after: typeof before = { ...before, ...given(change) };
  expect(after).toEqual({ name: 'Bug', tint: '#00ff00' });
  expect({ ...before, ...given({ tint: null }) }.tint).toBe(null);
});
