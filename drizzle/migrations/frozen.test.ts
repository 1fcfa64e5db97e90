import { expect, test } from 'vitest';
import { compareMigrations, FROZEN, type Kind } from './frozen.ts';
import { migrationFiles } from './migration-files.ts';

const kinds: Kind[] = ['sqlite', 'postgres'];

test.each(kinds)(
  'O1: the migrations of %s are those of frozen.json; `node drizzle/migrations/freeze.ts` appends a new one',
  (kind) => {
    expect(migrationFiles(kind).map(({ name, hash }) => ({ name, hash }))).toEqual(FROZEN[kind]);
  },
);

test('both databases have the same migrations', () => {
  const names = (kind: Kind) => FROZEN[kind].map(({ name }) => name);
  expect(names('postgres')).toEqual(names('sqlite'));
});

test('O1: a database is compared by name and hash', () => {
  const [first, second, third, ...others] = FROZEN.sqlite;
  if (!first || !second || !third) throw new Error('There are three migrations at least.');
  const applied = [
    { name: first.name, hash: 'another' },
    { name: second.name, hash: null },
    ...others,
    { name: '9999_later.sql', hash: 'of a later version' },
  ];
  expect(compareMigrations(FROZEN.sqlite, applied)).toEqual({
    missing: [third.name],
    edited: [first.name],
    newer: ['9999_later.sql'],
    unrecorded: [second.name],
  });
});
