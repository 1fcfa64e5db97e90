import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What scripts say to a command line that they do not understand. */

const root = join(import.meta.dirname, '../..');

test.each([
  ['scripts/copy/index.ts', '--from d1'],
  ['scripts/conformance/index.ts', '--other-key'],
  ['bench/index.ts', '--quick'],
])('%s has help, and a misspelt option is said with it', (script, option) => {
  const run = (arg: string) => {
    const command = [join(root, script), arg];
    const { status, stdout, stderr } = spawnSync(process.execPath, command, { encoding: 'utf8' });
    return { status, stdout, stderr };
  };
  const help = run('--help');
  expect([help.status, help.stderr]).toEqual([0, '']);
  expect(help.stdout).toContain(option);
  const misspelt = run('--misspelt');
  expect([misspelt.status, misspelt.stdout]).toEqual([1, '']);
  expect(misspelt.stderr).toMatch(/^Unknown option '--misspelt'/);
  expect(misspelt.stderr).toContain(help.stdout.trim());
  expect(misspelt.stderr).not.toContain('    at ');
});
