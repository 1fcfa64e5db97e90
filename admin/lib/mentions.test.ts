import { describe, expect, it } from 'vitest';
import { atAt, matchingMembers, mentionsIn, piecesOf } from './mentions.ts';

const members = [
  { user_id: 'u1', name: 'Maya Lindqvist' },
  { user_id: 'u2', name: 'Tom' },
  { user_id: 'u3', name: 'Tom Okafor' },
  { user_id: 'u4', name: 'Zoë (night)' },
];

describe('atAt', () => {
  it.each([
    ['@', { from: 0, query: '' }],
    ['Hi @to', { from: 3, query: 'to' }],
    ['Hi @Tom O', { from: 3, query: 'Tom O' }],
    ['Hi @Tom Okafor can', null],
    ['mail@tom', null],
    ['Hi', null],
  ])('finds in %j %j', (text, expected) => {
    expect(atAt(text, text.length)).toEqual(expected);
  });
});

it('offers whoever has a name that begins so', () => {
  const offered = (query: string) => matchingMembers(members, query).map(({ user_id }) => user_id);
  expect(offered('')).toEqual(['u1', 'u2', 'u3', 'u4']);
  expect(offered('LIND')).toEqual(['u1']);
  expect(offered('tom')).toEqual(['u2', 'u3']);
  expect(offered('om')).toEqual([]);
});

it('names the longer of two that fit, and nobody within a word', () => {
  expect(mentionsIn('@Tom Okafor, or @Zoë (night)?', members)).toEqual(['u3', 'u4']);
  expect(mentionsIn('@Tom, please', members)).toEqual(['u2']);
  expect(mentionsIn('@Tommy and Tom', members)).toEqual([]);
  expect(piecesOf('Ask @Tom.', ['Tom'])).toEqual([
    { text: 'Ask ', named: false },
    { text: '@Tom', named: true },
    { text: '.', named: false },
  ]);
});
