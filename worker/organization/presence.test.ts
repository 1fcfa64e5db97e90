import { expect, test } from 'vitest';
import { Choices } from './choices.ts';
import { presenceOf, type Tab } from './presence.ts';

const maya = { id: 'b', name: 'Maya' };
const tom = { id: 'a', name: 'Tom' };

test.each<[what: string, tabs: Tab[], chosen: string[], online: string[], away: string[]]>([
  ['nobody', [], ['a'], [], []],
  ['a tab that never said anything', [maya], [], ['Maya'], []],
  ['one that is in use', [{ ...maya, idle: false }], [], ['Maya'], []],
  ['an idle one', [{ ...maya, idle: true }], [], [], ['Maya']],
  [
    'an idle and a used one, in any order',
    [
      { ...maya, idle: true },
      { ...maya, idle: false },
      { ...tom, idle: false },
      { ...tom, idle: true },
    ],
    [],
    ['Tom', 'Maya'],
    [],
  ],
  [
    'one of the version before beside an idle one',
    [{ ...maya, idle: true }, maya],
    [],
    ['Maya'],
    [],
  ],
  [
    'two idle ones',
    [
      { ...maya, idle: true },
      { ...maya, idle: true },
    ],
    [],
    [],
    ['Maya'],
  ],
  ['who chose to be away, and uses it', [maya, tom], ['b'], ['Tom'], ['Maya']],
])('of %s', (_, tabs, chosen, online, away) => {
  const presence = presenceOf(tabs, (id) => chosen.includes(id));
  expect(presence.online.map(({ name }) => name)).toEqual(online);
  expect(presence.away.map(({ name }) => name)).toEqual(away);
});

test('P15: a choice is a row, and only one that changes something', () => {
  const rows: unknown[] = [];
  const kv = {
    get: () => rows.at(-1),
    put: (_: string, value: unknown) => void rows.push(value),
  };
  const choices = new Choices(kv);
  expect(choices.choose('a', 'online')).toBe(false);
  expect(choices.isAway('a')).toBe(false);
  expect(rows).toEqual([]);
  expect(choices.choose('a', 'away')).toBe(true);
  expect(choices.choose('a', 'away')).toBe(false);
  expect(new Choices(kv).isAway('a')).toBe(true);
  expect(new Choices(kv).choose('a', 'online')).toBe(true);
  expect(rows).toEqual([['a'], []]);
});
