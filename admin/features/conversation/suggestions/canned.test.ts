import { createRoot } from 'solid-js';
import { describe, expect, it, vi } from 'vitest';
import { CREATE, creation, fill, matching, slashAt } from './canned.ts';
import { createSuggestions } from './suggestions.ts';

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

describe('the last row, which creates a response', () => {
  const hello = [{ id: '1', shortcut: 'hello', body: 'Hello' }];

  it.each([
    ['ref', 1],
    ['rückgabe_2', 1],
    ['hello', 0],
    ['Hello', 0],
    ['', 0],
    ['-x', 0],
    ['a.b', 0],
    ['x'.repeat(41), 0],
  ])('is offered for a shortcut that is free and can be one: %j', (query, count) => {
    expect(creation(hello, query)).toHaveLength(count);
  });

  it('must be chosen with an arrow key, so that Enter still sends a text with a slash', () => {
    const onChoose = vi.fn();
    const suggestions = createRoot(() =>
      createSuggestions({
        find: slashAt,
        offer: (query) => creation(hello, query),
        onChoose,
        isQuiet: ({ id }) => id === CREATE,
      }),
    );
    const press = (key: string) => suggestions.onKeyDown({ key, shiftKey: false } as KeyboardEvent);
    suggestions.look('see /docs', 9);
    expect(suggestions.offered()).toHaveLength(1);
    expect(suggestions.active()).toBeNull();
    expect(press('Enter')).toBe(false);
    expect(press('ArrowDown')).toBe(true);
    expect(press('Enter')).toBe(true);
    expect(onChoose).toHaveBeenCalledOnce();
  });
});
