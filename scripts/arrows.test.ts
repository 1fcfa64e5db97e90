import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { expect, test } from 'vitest';

/** Which folder may import which (docs/architecture.md). Tests and their helpers are exempt. */

const root = join(import.meta.dirname, '..');

type Arrows = {
  /** Our own paths, other than its own. */
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
      'protocol/text/email.ts',
      'protocol/files.ts',
      'protocol/text/fold.ts',
      'protocol/text/format.ts',
      'protocol/text/format-marks.ts',
      'protocol/limits.ts',
      'protocol/images.ts',
      'protocol/text/text.ts',
      'protocol/version.ts',
    ],
    mayKnow: ['protocol'],
    packages: ['solid-js'],
  },
  // The dashboard's preview is the frame itself, with the launcher's own look.
  'widget/preview': {
    may: [
      'widget/bridge',
      'widget/frame',
      'widget/loader/loader.css?inline',
      'protocol/client',
      'protocol/widget/preview.ts',
    ],
    mayKnow: ['protocol'],
    packages: ['solid-js'],
  },
  admin: { may: ['protocol'], mayKnow: ['worker'] },
  drizzle: { may: ['protocol', 'scripts/command-line.ts'] },
  worker: { may: ['protocol', 'drizzle', 'package.json'] },
  'worker/kernel': {
    may: ['protocol', 'worker'],
    without: ['hono', 'hono-openapi', 'drizzle-orm'],
  },
  'worker/database': { may: ['protocol', 'drizzle', 'worker'], without: ['hono', 'hono-openapi'] },
  'worker/conversation': { may: ['protocol', 'drizzle', 'worker'], without: ['hono'] },
  'worker/organization': { may: ['protocol', 'drizzle', 'worker'], without: ['hono'] },
};

const isBelow = (path: string, folder: string) => path === folder || path.startsWith(`${folder}/`);

/** What a source imports: `import … from`, `export … from`, `import '…'` and `import('…')`. */
function importsOf(source: string): { typeOnly: boolean; from: string }[] {
  const statements =
    /^\s*(?:import|export)\s+(type\s)?[^'"();]*?from\s+'([^']+)'|^\s*import\s+'([^']+)'|\bimport\('([^']+)'\)/gm;
  return [...source.matchAll(statements)].map(([, type, from, sideEffect, lazy]) => ({
    typeOnly: type !== undefined,
    from: from ?? sideEffect ?? lazy ?? '',
  }));
}

function violations(file: string): string[] {
  const owner = Object.keys(arrows)
    .filter((folder) => isBelow(file, folder))
    .sort((a, b) => b.length - a.length)[0];
  const rule = owner && arrows[owner];
  if (!rule) return [];
  return importsOf(read(file))
    .filter(({ typeOnly, from }) => {
      if (!from.startsWith('.')) {
        const name = from.split('/', from.startsWith('@') ? 2 : 1).join('/');
        return rule.without?.includes(name) || (rule.packages && !rule.packages.includes(name));
      }
      const target = targetOf(file, from);
      const allowed = [owner, ...rule.may, ...(typeOnly ? (rule.mayKnow ?? []) : [])];
      return !allowed.some((folder) => isBelow(target, folder));
    })
    .map(({ from }) => `${file} imports ${from}`);
}

/** What we wrote, without tests and what serves them alone. */
function sources(pattern: string): string[] {
  return globSync(pattern, { cwd: root })
    .filter((file) => !/\.test\.tsx?$/.test(file) && !file.startsWith('worker/test/'))
    .filter((file) => !importsOf(read(file)).some(({ from }) => from === 'vitest'))
    .sort();
}

const read = (file: string) => readFileSync(join(root, file), 'utf8');

/** Where an import of a file of ours leads to. */
const targetOf = (file: string, from: string) => relative(root, join(root, dirname(file), from));

/** The room of a file of the Worker, as `kernel` or `features/labels`; none for those at its top. */
function roomOf(file: string): string | undefined {
  const [top, first, second, third] = file.split('/');
  if (top !== 'worker' || second === undefined) return undefined;
  return first === 'features' && third !== undefined ? `features/${second}` : first;
}

/** The rooms that each room of the Worker imports. */
function importedRooms(): Map<string, Set<string>> {
  const rooms = new Map<string, Set<string>>();
  for (const file of sources('worker/**/*.ts')) {
    const room = roomOf(file);
    if (!room) continue;
    const imported = rooms.get(room) ?? new Set();
    rooms.set(room, imported);
    for (const { from } of importsOf(read(file))) {
      const target = from.startsWith('.') ? roomOf(targetOf(file, from)) : undefined;
      if (target && target !== room) imported.add(target);
    }
  }
  return rooms;
}

/** The rows of a table of docs/architecture.md by their first cell, each with what its third names. */
function drawn(header: string): Map<string, string[]> {
  const page = read('docs/architecture.md');
  const [, table = ''] = page.split(`| ${header} |`);
  const rows = table.slice(table.indexOf('\n')).split('\n\n')[0]?.split('\n').slice(2) ?? [];
  return new Map(
    rows.map((row) => {
      const [, name = '', , imports = ''] = row.split('|');
      const names = [...imports.matchAll(/`([^`]+)`/g)].map(([, each = '']) => each);
      return [name.replace(/[`/\s]/g, ''), names];
    }),
  );
}

test('the arrows between the folders hold', () => {
  const files = sources('{protocol,widget,admin,drizzle,worker}/**/*.{ts,tsx}');
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(violations)).toEqual([]);
});

test('the rooms of the Worker import what docs/architecture.md draws, and nothing else', () => {
  const real = Object.fromEntries(
    [...importedRooms()]
      .filter(([room]) => !room.startsWith('features/'))
      .map(([room, imported]) => {
        // What puts the routes together knows every feature.
        const names =
          room === 'http'
            ? [...imported].map((name) => (name.startsWith('features/') ? 'features/*' : name))
            : [...imported];
        return [room, [...new Set(names)].sort()];
      }),
  );
  const documented = [...drawn('folder of `worker/`')].map(([room, names]) => [
    room,
    names.toSorted(),
  ]);
  expect(Object.fromEntries(documented)).toEqual(real);
});

test('a feature imports the features that docs/architecture.md draws, and no other', () => {
  const documented = [...drawn('feature')].map(([room, names]): [string, string[]] => [
    room,
    names.toSorted(),
  ]);
  const named = new Map(documented);
  const real = Object.fromEntries(
    [...importedRooms()]
      .filter(([room]) => room.startsWith('features/'))
      .map(([room, imported]): [string, string[]] => [
        room.slice('features/'.length),
        [...imported]
          .filter((name) => name.startsWith('features/'))
          .map((name) => name.slice('features/'.length))
          .sort(),
      ])
      // One that imports none needs no row.
      .filter(([room, imported]) => imported.length > 0 || named.has(room)),
  );
  expect(Object.fromEntries(documented)).toEqual(real);
});

/**
 * What talks to a database: drizzle's operators, and statements in a text. Types are free, and so are
 * the driver's folder and the tables that an object keeps for itself.
 */
const isStore = (file: string) => /(^|[/-])store\.ts$|\/store\//.test(file);
const OBJECTS_OWN_TABLES = ['worker/conversation/log', 'worker/organization/unattended.ts'];
const STATEMENT = /['"`]\s*(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|WITH) [^'"`]/;

test('a query is in a store', () => {
  const others = sources('worker/**/*.ts')
    .filter((file) => !isStore(file) && !isBelow(file, 'worker/database'))
    .filter((file) => !OBJECTS_OWN_TABLES.some((path) => isBelow(file, path)))
    .filter(
      (file) =>
        STATEMENT.test(read(file)) ||
        importsOf(read(file)).some(({ typeOnly, from }) => !typeOnly && from === 'drizzle-orm'),
    );
  expect(others).toEqual([]);
});

test('a route holds no use case: nothing but what puts the routes together imports one', () => {
  const importing = sources('worker/**/*.ts')
    .filter((file) => !/^worker\/http\/(admin|widget|app)\.ts$/.test(file))
    .flatMap((file) =>
      importsOf(read(file))
        .filter(({ from }) => /routes\.ts$/.test(from))
        .map(({ from }) => `${file} imports ${from}`),
    );
  expect(importing).toEqual([]);
});

/** The files that import each other in circles, largest circle first. Tarjan's algorithm. */
function circlesIn(imported: Map<string, string[]>): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const circles: string[][] = [];
  function visit(file: string): void {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    stack.push(file);
    for (const target of imported.get(file) ?? []) {
      if (!index.has(target)) visit(target);
      // A file that left the stack belongs to a circle that is complete.
      if (!stack.includes(target)) continue;
      low.set(file, Math.min(low.get(file) ?? 0, low.get(target) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = stack.splice(stack.indexOf(file));
    if (circle.length > 1) circles.push(circle.sort());
  }
  for (const file of imported.keys()) if (!index.has(file)) visit(file);
  return circles.sort((a, b) => b.length - a.length);
}

const CODE = '{protocol,widget,admin,drizzle,worker}/**/*.{ts,tsx}';

function importGraph(includes: (typeOnly: boolean) => boolean): Map<string, string[]> {
  const files = sources(CODE);
  return new Map(
    files.map((file) => [
      file,
      importsOf(read(file))
        .filter(({ typeOnly, from }) => includes(typeOnly) && from.startsWith('.'))
        .map(({ from }) => targetOf(file, from)),
    ]),
  );
}

test('no files import each other in a circle, except for types', () => {
  expect(circlesIn(importGraph((typeOnly) => !typeOnly))).toEqual([]);
});

/**
 * Circles of more than two files that only types close. The list may only shrink: a lazy part of the
 * widget names the type of what loads it with `import()`.
 */
const TYPE_CIRCLES = ['widget/frame/state/model.ts'];

test('types close a circle of two files at most, but for a short list', () => {
  const graph = importGraph(() => true);
  // The bindings name the objects' classes, and every file may name the bindings.
  graph.set('worker/env.ts', []);
  const larger = circlesIn(graph).filter(({ length }) => length > 2);
  const unlisted = larger.filter((circle) => !circle.some((file) => TYPE_CIRCLES.includes(file)));
  expect(unlisted).toEqual([]);
  expect(TYPE_CIRCLES.filter((file) => !larger.flat().includes(file))).toEqual([]);
});
