import { describe, expect, it } from 'vitest';
import { fill, matching, slashAt } from './canned.ts';

describe('the slash', () => {
  it.each([
    ['/', { from: 0, query: '' }],
    ['/hel', { from: 0, query: 'hel' }],
    ['Hi /hel', { from: 3, query: 'hel' }],
    ['Hi\n/', { from: 3, query: '' }],
    ['and/or', null],
    ['/hel lo', null],
    ['https://a.example', null],
    ['//', null],
    ['', null],
  ])('in %j', (text, slash) => {
    expect(slashAt(text, text.length)).toEqual(slash);
  });

  it('reads up to the caret only', () => {
    expect(slashAt('/hello there', 3)).toEqual({ from: 0, query: 'he' });
    expect(slashAt('/hello there', 12)).toBe(null);
  });
});

it('offers shortcuts that start with the query first, then those that contain it', () => {
  const all = ['bye', 'hello', 'other'].map((shortcut) => ({
    id: shortcut,
    shortcut,
    body: shortcut === 'bye' ? 'See you, and HELLO to your team' : 'x',
  }));
  expect(matching(all, '').map(({ id }) => id)).toEqual(['bye', 'hello', 'other']);
  expect(matching(all, 'hello').map(({ id }) => id)).toEqual(['hello', 'bye']);
  expect(matching(all, 'nothing')).toEqual([]);
});

it('fills in names, and leaves no gap for an unknown one', () => {
  const text = 'Hi {{customer.name}}, I am {{ agent.name }}. {{unknown}}';
  expect(fill(text, { customer: 'Ada', agent: 'Amos' })).toBe('Hi Ada, I am Amos. {{unknown}}');
  expect(fill(text, { customer: null, agent: '$& Amos' })).toBe('Hi, I am $& Amos. {{unknown}}');
});
