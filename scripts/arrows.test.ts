import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Who may import whom (docs/architecture.md). Tests and what serves them alone are free. */

const root = join(import.meta.dirname, '..');

type Arrows = {
  /** Paths of ours, itself aside. */
  may: string[];
  /** Paths of which it may know the types. */
  mayKnow?: string[];
  /** The packages it may use; all of them when absent. */
  packages?: string[];
  /** Packages that it must not use. */
  without?: string[];
};

/** The longest path that a file is below holds for it. */
const arrows: Record<string, Arrows> = {
  protocol: { may: [], packages: ['zod'] },
  // Its zod stays out of the browser: what is imported there are types.
  'protocol/client': {
    may: ['protocol/files.ts', 'protocol/limits.ts', 'protocol/version.ts'],
    mayKnow: ['protocol'],
    packages: [],
  },
  'widget/bridge': { may: [], mayKnow: ['protocol'], packages: [] },
  'widget/loader': { may: ['widget/bridge'], packages: [] },
  'widget/frame': {
    may: [
      'widget/bridge',
      'protocol/client',
      'protocol/email.ts',
      'protocol/files.ts',
      'protocol/fold.ts',
      'protocol/format.ts',
      'protocol/format-marks.ts',
      'protocol/limits.ts',
      'protocol/pictures.ts',
      'protocol/text.ts',
      'protocol/version.ts',
    ],
    mayKnow: ['protocol'],
    packages: ['solid-js'],
  },
  admin: { may: ['protocol'], mayKnow: ['worker'] },
  drizzle: { may: ['protocol'] },
  worker: { may: ['protocol', 'drizzle', 'package.json'] },
  'worker/store': {
    may: ['protocol', 'drizzle', 'worker'],
    without: ['hono', 'hono-openapi'],
  },
  'worker/conversation': { may: ['protocol', 'drizzle', 'worker'], without: ['hono'] },
  'worker/inbox': { may: ['protocol', 'drizzle', 'worker'], without: ['hono'] },
};

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** What a source imports: `import … from`, `export … from`, `import '…'` and `import('…')`. */
function importsOf(source: string): { typeOnly: boolean; from: string }[] {
  const statements =
    /^\s*(?:import|export)\s+(type\s)?[^'"();]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...source.matchAll(statements)].map(([, type, from, bare, lazy]) => ({
    typeOnly: type !== undefined,
    from: from ?? bare ?? lazy ?? '',
  }));
}

function violations(file: string): string[] {
  const owner = Object.keys(arrows)
    .filter((folder) => isBelow(file, folder))
    .sort((a, b) => b.length - a.length)[0];
  const rule = owner && arrows[owner];
  if (!rule) return [];
  const imports = importsOf(readFileSync(join(root, file), 'utf8'));
  if (imports.some(({ from }) => from === 'vitest')) return [];
  return imports
    .filter(({ typeOnly, from }) => {
      if (!from.startsWith('.')) {
        const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
        return rule.without?.includes(name) || (rule.packages && !rule.packages.includes(name));
      }
      const target = relative(root, join(root, dirname(file), from));
      const allowed = [owner, ...rule.may, ...(typeOnly ? (rule.mayKnow ?? []) : [])];
      return !allowed.some((folder) => isBelow(target, folder));
    })
    .map(({ from }) => `${file} imports ${from}`);
}

test('the arrows between the folders hold', () => {
  const files = globSync('{protocol,widget,admin,drizzle,worker}/**/*.{ts,tsx}', { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file) && !file.startsWith('worker/test/'))
    .sort();
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(violations)).toEqual([]);
});
