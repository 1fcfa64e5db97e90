import { describe, expect, it } from 'vitest';
import { matchingMembers } from './matching-members.ts';
import { atAt, mentionsAfter, mentionsIn, piecesOf } from './mentions.ts';

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

it('offers members whose name starts with the query', () => {
  const offered = (query: string) => matchingMembers(members, query).map(({ user_id }) => user_id);
  expect(offered('')).toEqual(['u1', 'u2', 'u3', 'u4']);
  expect(offered('LIND')).toEqual(['u1']);
  expect(offered('tom')).toEqual(['u2', 'u3']);
  expect(offered('om')).toEqual([]);
});

it('A6: matches names ignoring case and accents', () => {
  const all = [
    { user_id: 'l', name: 'Łukasz Öztürk' },
    { user_id: 'i', name: 'Иван' },
  ];
  const offered = (query: string) => matchingMembers(all, query).map(({ user_id }) => user_id);
  expect([offered('luk'), offered('ozt'), offered('ИВ')]).toEqual([['l'], ['l'], ['i']]);
});

describe('A14: a name without a space behind it', () => {
  it.each([
    ['@Tom Okaforさん、お願いします', ['u3']],
    ['お願い@Tomさん', ['u2']],
    ['@Tom님', ['u2']],
    ['@Tomครับ', ['u2']],
    ['@田中さん', ['t1']],
    ['@田中太郎さん', ['t2']],
    ['@Tommy', []],
    ['@Tomé', []],
    ['@Tom2', []],
  ])('%s names %j', (text, expected) => {
    const all = [...members, { user_id: 't1', name: '田中' }, { user_id: 't2', name: '田中太郎' }];
    expect(mentionsIn(text, all)).toEqual(expected);
  });

  it.each([
    ['@tom okafor, please', ['u3']],
    ['@TOM OKAFOR', ['u3']],
    ['@Tom\u00a0Okafor', ['u3']],
    ['@Tom  Okafor', ['u3']],
    ['(@Tom)', ['u2']],
    ['ada@tom.example', []],
    ['first.last@Tom', []],
    ['orders+@Tom', []],
  ])('A14: typed by hand, %s names %j', (text, expected) => {
    expect(mentionsIn(text, members)).toEqual(expected);
  });

  it('can start after a letter of such a script', () => {
    expect(atAt('お願い@To', 6)).toEqual({ from: 3, query: 'To' });
    expect(atAt('mail@To', 7)).toBe(null);
  });
});

it('mentions the longer of two matching names, and no one within a word', () => {
  expect(mentionsIn('@Tom Okafor, or @Zoë (night)?', members)).toEqual(['u3', 'u4']);
  expect(mentionsIn('@Tom, please', members)).toEqual(['u2']);
  expect(mentionsIn('@Tommy and Tom', members)).toEqual([]);
  expect(piecesOf('Ask @Tom.', ['Tom'])).toEqual([
    { text: 'Ask ', isName: false },
    { text: '@Tom', isName: true },
    { text: '.', isName: false },
  ]);
});

describe('A18: two members of one name', () => {
  const sams = [
    { user_id: 's1', name: 'Sam Smith' },
    { user_id: 's2', name: 'Sam Smith' },
    { user_id: 't1', name: 'Tom' },
  ];

  it('A18: mentions the chosen member', () => {
    expect(mentionsIn('@Sam Smith, @Tom', sams, ['s2'])).toEqual(['s2', 't1']);
  });

  it('A18: does not mention a chosen member who was removed from the text', () => {
    expect(mentionsIn('@Sam Smith', sams, ['s1', 's2'])).toEqual(['s2']);
    expect(mentionsIn('@Sam Smith and @Sam Smith', sams, ['s1', 's2'])).toEqual(['s1', 's2']);
  });

  it('A18: mentions both if none was chosen', () => {
    expect(mentionsIn('@Sam Smith', sams)).toEqual(['s1', 's2']);
  });

  it('A17 A18: an edit keeps the mentions of the note', () => {
    const before = { body: '@Sam Smith: call back', mentions: ['s2'] };
    expect(mentionsAfter(before, '@Sam Smith: call back today', sams)).toEqual(['s2']);
    expect(mentionsAfter(before, 'Call back', sams)).toEqual([]);
    expect(mentionsAfter(before, '@Tom: call back', sams)).toEqual(['t1']);
  });

  it('A17 A22: a renamed member stays mentioned', () => {
    const before = { body: '@Thomas: call back', mentions: ['t1'] };
    expect(mentionsAfter(before, '@Thomas: call back today', sams)).toEqual(['t1']);
  });
});
