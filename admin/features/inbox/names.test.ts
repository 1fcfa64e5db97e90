import { expect, it } from 'vitest';
import { customerName } from './names.ts';

it.each([null, '', ' ', '\u200b', '\u00ad\u3164'])(
  'V18: a customer whose name is %j is the Anonymous Visitor',
  (full_name) => expect(customerName({ full_name })).toBe('Anonymous Visitor'),
);

it('any other customer has their name', () => {
  expect(customerName({ full_name: ' Ada ' })).toBe('Ada');
});
