import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { differences } from './differences.ts';
import { loadCases } from './load.ts';
import { Names } from './placeholders.ts';
import { runCase } from './run.ts';
import { caseFile } from './schema.ts';

test('every case has a name of its own and the shape of the schema', () => {
  const names = loadCases().map(({ subject, name }) => `${subject}: ${name}`);
  expect(names.length).toBeGreaterThan(60);
  expect(new Set(names).size).toBe(names.length);
});

test('a step that nobody knows is refused', () => {
  const file = { subject: 'x', cases: [{ name: 'y', steps: [{ shout: 'a' }] }] };
  expect(caseFile.safeParse(file).success).toBe(false);
});

test('placeholders become what they name, and numbers stay numbers', () => {
  const names = new Names();
  names.set('seq', 7);
  names.set('ada', { token: 'st_1' });
  const id = names.fill('<id m1>');
  expect(id).toMatch(/^[0-9a-f-]{36}$/);
  expect(
    names.fill({ seq: '<seq>', id: '<id m1>', text: '<repeat 3 ab>', path: '/x/<seq>' }),
  ).toEqual({
    seq: 7,
    id,
    text: 'ababab',
    path: '/x/7',
  });
  expect(names.fill(['<ada.token>', '<unknown>', '<any>'])).toEqual(['st_1', '<unknown>', '<any>']);
  expect(names.fill('<new>')).not.toBe(names.fill('<new>'));
});

test('an answer may have more than was expected, and not less or other', () => {
  expect(differences({ a: 1 }, { a: 1, b: 2 })).toEqual([]);
  expect(differences({ a: 1 }, { a: 2 })).toEqual(['a is 2 and not 1']);
  expect(differences({ list: [{ a: 1 }] }, { list: [{ a: 1 }, {}] })).toHaveLength(1);
  expect(differences({ a: { b: '<time>' } }, { a: { b: '2026-11-29T10:00:00.000Z' } })).toEqual([]);
  expect(differences({ a: '<absent>' }, { a: null })).toEqual(['a is null and not <absent>']);
  expect(differences({ a: null }, {})).toEqual(['a is absent and not null']);
});

test('a case that needs an agent is skipped with a sentence where none was given', async () => {
  const [first] = loadCases().filter(({ steps }) => JSON.stringify(steps).includes('"by":"agent"'));
  if (!first) throw new Error('No case needs an agent.');
  const target = { url: 'http://127.0.0.1:9', key: 'wk_demo', timeout: 1 };
  const outcome = await runCase(target, first);
  expect(outcome).toMatchObject({ state: 'skipped', why: expect.stringContaining('an agent') });
});

test('the documentation names every step', () => {
  const docs = readFileSync(join(import.meta.dirname, '../../docs/protocol.md'), 'utf8');
  const schema = readFileSync(join(import.meta.dirname, 'schema.ts'), 'utf8');
  const steps = [...schema.matchAll(/strictObject\(\{\s+(\w+):|strictObject\(\{ (\w+):/g)]
    .map(([, long, short]) => long ?? short)
    .filter((name) => name !== 'subject' && name !== 'name');
  expect(steps.length).toBeGreaterThan(10);
  expect(steps.filter((name) => !docs.includes(`| \`${name}: `))).toEqual([]);
});
