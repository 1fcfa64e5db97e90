import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { inLanguage } from '../worker/features/pages/frame-language.ts';

/** The byte budgets of the built files, compressed with brotli at its highest level. */

const root = join(import.meta.dirname, '..');
const client = join(root, 'dist', 'client');
const rows: string[] = [];

afterAll(() => console.log(`${rows.join('\n')}\n`));

/** Reads a built file; the frame's page as a visitor with `language` gets it. */
function read(file: string, language = 'en'): string {
  const text = readFileSync(join(client, file), 'utf8');
  return file === 'widget/frame.html' ? inLanguage(text, [language]) : text;
}

/** The files that an HTML file loads at once, itself first. */
function eagerFiles(html: string, language?: string): string[] {
  const linked = read(html, language).matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g);
  const visited = new Set([html]);
  const queue = [...linked].map(([, file = '']) => file);
  for (const file of queue) {
    if (visited.has(file)) continue;
    visited.add(file);
    if (!file.endsWith('.js')) continue;
    // `import{a}from"./x.js"`, `export…from"./x.js"` and `import"./x.js"`; not `import("./x.js")`.
    const imports = read(file).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g);
    queue.push(...[...imports].map(([, name]) => `assets/${name}`));
  }
  return [...visited];
}

function brotliBytes(files: string[]): number {
  return files.reduce((sum, file) => sum + brotliCompressSync(read(file)).length, 0);
}

function check(what: string, files: string[], budget: number): void {
  const bytes = brotliBytes(files);
  const share = `${Math.round((bytes / budget) * 100)} %`;
  rows.push(`${what.padEnd(18)} ${`${bytes}`.padStart(6)} of ${budget} bytes  ${share}`);
  expect(bytes, files.join(' ')).toBeLessThanOrEqual(budget);
}

test('the loader', () => {
  check('loader', ['widget.js'], 2_048);
});

test('the loader with the commands of the page, and the commands', () => {
  check('with commands', ['foyer.js'], 2_304);
  check('commands', ['widget-api.js'], 2_560);
});

test('what the page loads beside the frame', () => {
  check('panel', ['widget-panel.js'], 2_048);
});

test('all that the frame loads to the first view, with a field that takes text', () => {
  check('frame', eagerFiles('widget/frame.html'), 14_336);
});

/** The imports of a source file, and whether each is lazy. */
function importsOf(path: string): { from: string; lazy: boolean }[] {
  const source = readFileSync(join(root, path), 'utf8');
  const imports = source.matchAll(
    /^(?:import|export)\s(?!type\s)[^'();]*'(\.[^']+)';|\bimport\('([^']+)'\)/gm,
  );
  return [...imports].map(([, eager, lazy = '']) => ({
    from: join(dirname(path), eager ?? lazy),
    lazy: eager === undefined,
  }));
}

test('only imports that wait lead into the lazy/ folders of the frame', () => {
  const sources = globSync('{widget/{frame,bridge},protocol/client}/**/*.{ts,tsx}', { cwd: root })
    .filter((path) => !/\.test\.ts$|fake-socket/.test(path))
    .map((path) => ({ path, imports: importsOf(path) }));
  const isLazy = (path: string) => /^widget\/frame\/(.*\/)?lazy\//.test(path);
  const wrong = sources.flatMap(({ path, imports }) =>
    isLazy(path)
      ? []
      : imports.filter(({ from, lazy }) => isLazy(from) !== lazy).map(({ from }) => [path, from]),
  );
  expect(sources.length).toBeGreaterThan(40);
  expect(wrong).toEqual([]);
  // The frame's script and the language's: a chat needs no second round trip.
  expect(eagerFiles('widget/frame.html').filter((file) => file.endsWith('.js'))).toHaveLength(2);
});

test('what the dashboard loads first, without its HTML and fonts', () => {
  check('dashboard', eagerFiles('admin/index.html').slice(1), 71_680);
});
