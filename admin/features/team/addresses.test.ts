import { expect, it } from 'vitest';
import { addressesIn } from './addresses.ts';

it.each([
  ['ann@a.example, bob@b.example', ['ann@a.example', 'bob@b.example']],
  [
    'ann@a.example\nbob@b.example;  carl@c.example ',
    ['ann@a.example', 'bob@b.example', 'carl@c.example'],
  ],
  ['ann@a.example bob@b.example', ['ann@a.example', 'bob@b.example']],
  ['"Lindqvist, Maya" <maya@acme.example>; tom@a.example', ['maya@acme.example', 'tom@a.example']],
  [
    'Maya Lindqvist <maya@acme.example>, Tom <tom@acme.example>',
    ['maya@acme.example', 'tom@acme.example'],
  ],
  // Once each, as it was written first.
  ['Ann@a.example, ann@A.example', ['Ann@a.example']],
  ['ann, @, ,\n', ['ann', '@']],
  ['   ', []],
])('reads %j', (text, expected) => {
  expect(addressesIn(text)).toEqual(expected);
});
