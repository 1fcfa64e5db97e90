import { expect, test } from 'vitest';
import { problemsOf } from './problems.ts';

const right = {
  code: 'abc',
  organization: 'Acme',
  name: 'Olive',
  email: ' olive@acme.example',
  password: 'correct horse',
};

test('what is right has no problem, with a password or a passkey', () => {
  expect(problemsOf(right)).toEqual({});
  expect(problemsOf({ ...right, password: null })).toEqual({});
});

test('everything that is missing is named at once, under the names of the request', () => {
  const wrong = { code: ' ', organization: '', name: '\u200b', email: 'olive', password: 'short' };
  expect(Object.keys(problemsOf(wrong))).toEqual([
    'code',
    'organization.name',
    'owner.name',
    'owner.email',
    'owner.password',
  ]);
});
