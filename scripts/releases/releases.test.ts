import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'smol-toml';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { root } from '../install.mjs';

const read = (file: string) => readFileSync(join(root, file), 'utf8');

const versioned = z.object({ version: z.string() });
const withClasses = z.object({ migrations: z.array(z.record(z.string(), z.unknown())) });

test('the newest version of CHANGELOG.md is the one of package.json', () => {
  const releases = [...read('CHANGELOG.md').matchAll(/^## \[(\d+\.\d+\.\d+)\] - (\S+)$/gm)];
  expect(releases.map(([, version]) => version)).toContain('0.1.0');
  expect(releases[0]?.[1]).toBe(versioned.parse(JSON.parse(read('package.json'))).version);
  expect(versioned.parse(JSON.parse(read('package-lock.json'))).version).toBe(releases[0]?.[1]);
  const dates = releases.map(([, , date = '']) => date);
  expect(dates).toEqual([...dates].sort().reverse());
  for (const date of dates) expect(date).toMatch(/^\d{4}-\d\d-\d\d$/);
});

test('O13: no class of objects is renamed, moved or deleted, which could not be rolled back', () => {
  const { migrations } = withClasses.parse(parse(read('wrangler.toml')));
  expect(migrations).toEqual([
    { tag: 'v1', new_sqlite_classes: ['ConversationObject', 'InboxObject'] },
  ]);
});
