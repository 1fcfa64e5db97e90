import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

type Entry = {
  version?: string;
  resolved?: string;
  integrity?: string;
  link?: boolean;
  optionalDependencies?: Record<string, string>;
};

const file = join(import.meta.dirname, '..', 'package-lock.json');
const packages: Record<string, Entry> = JSON.parse(readFileSync(file, 'utf8')).packages;

/** Whether a package that asks for `name` finds it, as Node does: in its own folder, then above. */
function isLocked(from: string, name: string): boolean {
  for (let folder = from; ; folder = folder.slice(0, folder.lastIndexOf('node_modules/'))) {
    const prefix = folder === '' || folder.endsWith('/') ? folder : `${folder}/`;
    if (packages[`${prefix}node_modules/${name}`]?.version) return true;
    if (folder === '') return false;
    folder = folder.replace(/\/$/, '');
  }
}

describe('package-lock.json', () => {
  test('has the builds for every system, without which `npm ci` refuses it', () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies)
        .filter((name) => !isLocked(path, name))
        .map((name) => `${path} wants ${name}`),
    );
    expect(missing).toEqual([]);
  });

  test('leaves to npm where a package comes from', () => {
    const named = Object.entries(packages).filter(([, { resolved }]) =>
      /^\w+:/.test(resolved ?? ''),
    );
    expect(named.map(([path]) => path)).toEqual([]);
  });

  // Without it npm takes whatever the registry answers for that version. Where a lockfile was written
  // on another system, npm leaves it out for the builds it did not install; to add it, delete those
  // entries and run `npm install --package-lock-only`.
  test('S22: pins the bytes of every package', () => {
    const unpinned = Object.entries(packages).filter(
      ([path, { link, integrity }]) => path !== '' && !link && !/^sha512-/.test(integrity ?? ''),
    );
    expect(unpinned.map(([path]) => path)).toEqual([]);
  });
});
