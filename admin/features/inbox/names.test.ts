import { expect, it } from 'vitest';
import { customerHint, customerName, nameWithHint } from './names.ts';

it.each([null, '', ' ', '\u200b', '\u00ad\u3164'])(
  'V18: a customer whose name is %j is the Anonymous Visitor',
  (full_name) => expect(customerName({ full_name })).toBe('Anonymous Visitor'),
);

it('any other customer has their name', () => {
  expect(customerName({ full_name: ' Ada ' })).toBe('Ada');
});

it.each([
  [{ city: 'Austin', country: 'US', page: '/pricing' }, 'Austin · /pricing'],
  [{ city: null, country: 'DE', page: '/' }, 'Germany · /'],
  [{ city: '', country: 'T1' }, 'T1'],
  [{ page: '/pricing' }, '/pricing'],
  [{}, null],
])('a customer without a name is told apart by %j', (details, hint) => {
  const customer = { full_name: null, ...details };
  expect(customerHint(customer)).toBe(hint);
  expect(nameWithHint(customer)).toBe(hint ? `Anonymous Visitor · ${hint}` : 'Anonymous Visitor');
});

it('a customer with a name has no hint', () => {
  const customer = { full_name: 'Ada', city: 'Austin', page: '/pricing' };
  expect(customerHint(customer)).toBeNull();
  expect(nameWithHint(customer)).toBe('Ada');
});
