import { expect, test } from 'vitest';
import { askedFiles, isTestFile } from './files.mjs';

/** What `npm test -- …` does with the names of files. */

const checks = ['types', 'unit', 'workers', 'e2e'];

test('files of tests are told from the names of checks', () => {
  const args = ['unit', 'protocol/text.test.ts', 'admin/components/Menu.test.tsx', '--keep-going'];
  expect(args.filter(isTestFile)).toEqual([
    'protocol/text.test.ts',
    'admin/components/Menu.test.tsx',
  ]);
});

test.each([
  [['protocol/text.test.ts'], ['run', 'protocol/text.test.ts'], false],
  [['protocol/text.test.ts', '-t', 'A21'], ['run', 'protocol/text.test.ts', '-t', 'A21'], false],
  [
    ['workers', 'worker/a.worker.test.ts'],
    ['run', '--project', 'workers', 'worker/a.worker.test.ts'],
    true,
  ],
  [['e2e/a.test.ts'], ['run', 'e2e/a.test.ts'], true],
])('%j', (args, vitest, isBuilt) => {
  expect(askedFiles(args, checks)).toEqual({ vitest, isBuilt });
});
