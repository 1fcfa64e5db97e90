import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** docs/spec.md and the tests that it cites agree with each other. */

const root = join(import.meta.dirname, '..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

type Citation = { file: string; titles: string[] };
type Rule = { id: string; isPlanned: boolean; citations: Citation[] };

/** `### M1 Title`, its text, and `- ` lines of the shape `file` › title › title. */
function rulesOf(spec: string): Rule[] {
  return spec
    .split(/^### /m)
    .slice(1)
    .map((section) => ({
      id: /^[A-Z]\d+/.exec(section)?.[0] ?? '',
      isPlanned: section.includes('**Planned.**'),
      citations: [...section.matchAll(/^- `([^`]+)` › (.+)$/gm)].map(
        ([, file = '', path = '']) => ({
          file,
          titles: path.split(' › '),
        }),
      ),
    }));
}

/** Whether a source has a test, a group of tests or a case of this title. */
function hasTitle(source: string, title: string): boolean {
  const isBeginning = title.endsWith('…');
  const text = isBeginning ? title.slice(0, -1) : title;
  const ends = isBeginning ? [''] : ["'", '"', '`', '\n'];
  return ["'", '"', '`', 'name: '].some((begin) => {
    const written = begin === "'" ? text.replaceAll("'", "\\'") : text;
    return ends.some((end) => source.includes(`${begin}${written}${end}`));
  });
}

const rules = rulesOf(read('docs/spec.md'));
const ids = new Set(rules.map(({ id }) => id));
const letters = new Set(rules.map(({ id }) => id.charAt(0)));

test('rules are numbered from 1 without gaps, each once', () => {
  expect(ids.size).toBe(rules.length);
  for (const letter of letters) {
    const numbers = rules
      .filter(({ id }) => id.startsWith(letter))
      .map(({ id }) => Number(id.slice(1)));
    expect([letter, ...numbers]).toEqual([letter, ...numbers.map((_, index) => index + 1)]);
  }
});

test('every rule is held by a test, or is planned', () => {
  const without = rules.filter(({ isPlanned, citations }) => !isPlanned && citations.length === 0);
  expect(without.map(({ id }) => id)).toEqual([]);
});

test('every test that a rule cites is there', () => {
  const missing = rules.flatMap(({ id, citations }) =>
    citations.flatMap(({ file, titles }) => {
      if (!existsSync(join(root, file))) return [`${id}: ${file}`];
      const source = read(file);
      return titles
        .filter((title) => !hasTitle(source, title))
        .map((title) => `${id}: ${file} › ${title}`);
    }),
  );
  expect(missing).toEqual([]);
});

test('no line of the specification looks like a citation and is none', () => {
  const lines = read('docs/spec.md').split('\n');
  const broken = lines.filter((line) => /^- /.test(line) && !/^- `[^`]+` › ./.test(line));
  expect(broken).toEqual([]);
});

test('a promise that source, tests or docs name is in the specification', () => {
  const files = globSync(
    [
      '{worker,protocol,widget,admin,drizzle,e2e,bench,scripts}/**/*.{ts,tsx,mjs,yaml}',
      'docs/**/*.md',
      '*.md',
    ],
    { cwd: root, exclude: (path) => path.includes('node_modules') },
  ).filter((file) => !file.includes('/test/hostile/') && file !== 'scripts/spec.test.ts');
  const unknown = files.flatMap((file) =>
    [...read(file).matchAll(/(?<![\w#.-])P(\d{1,2})(?![\w%-])/g)]
      .filter(([promise]) => !ids.has(promise))
      .map(([promise]) => `${file}: ${promise}`),
  );
  expect(files.length).toBeGreaterThan(300);
  expect(unknown).toEqual([]);
});

/** Letters of the rules; the case book of earlier reviews has A, O, S and V. */
test('a title that begins with a rule names one that is there', () => {
  const pattern =
    /\b(?:test|it|describe)(?:\.\w+)?(?:\([^)]*\))?\(\s*['"`]((?:[A-Z]\d+[ ,]*)+):? /g;
  const files = globSync(
    '{worker,protocol,widget,admin,drizzle,e2e,bench,scripts}/**/*.test.{ts,tsx}',
    {
      cwd: root,
      exclude: (path) => path.includes('node_modules'),
    },
  );
  const unknown = files.flatMap((file) =>
    [...read(file).matchAll(pattern)].flatMap(([, named = '']) =>
      named
        .split(/[ ,]+/)
        .filter((id) => letters.has(id.charAt(0)) && !ids.has(id))
        .map((id) => `${file}: ${id}`),
    ),
  );
  expect(unknown).toEqual([]);
});
