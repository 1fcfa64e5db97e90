import { expect, it } from 'vitest';
import { colonAt } from './emoji-names.ts';

it.each([
  [':sm', { from: 0, query: 'sm' }],
  ['Yes :thumbs_up', { from: 4, query: 'thumbs_up' }],
  ['Yes\n:pa', { from: 4, query: 'pa' }],
  [':s', null],
  [':)', null],
  [':D', null],
  ['10:30', null],
  ['note:so', null],
  ['https://a', null],
  [': so', null],
  [':smile:', null],
])('a name of a picture in %j', (text, colon) => {
  expect(colonAt(text, text.length)).toEqual(colon);
});
