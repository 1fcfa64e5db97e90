import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';

/** The byte budgets of the built files, as brotli at its best makes them. */

const client = join(import.meta.dirname, '..', 'dist', 'client');
const rows: string[] = [];

afterAll(() => console.log(`${rows.join('\n')}\n`));

/** The files that an HTML file loads before anything happens, itself first. */
function eagerFiles(html: string): string[] {
  const read = (file: string) => readFileSync(join(client, file), 'utf8');
  const linked = read(html).matchAll(/(?:src|href)="\/(assets\/[^"]+\.(?:js|css))"/g);
  const seen = new Set([html]);
  const queue = [...linked].map(([, file = '']) => file);
  for (const file of queue) {
    if (seen.has(file)) continue;
    seen.add(file);
    if (!file.endsWith('.js')) continue;
    // `import{a}from"./x.js"`, `export…from"./x.js"` and `import"./x.js"`; not `import("./x.js")`.
    const imports = read(file).matchAll(/(?:from|import)\s*["'`]\.\/([^"'`]+\.js)["'`]/g);
    queue.push(...[...imports].map(([, name]) => `assets/${name}`));
  }
  return [...seen];
}

function brotliBytes(files: string[]): number {
  return files.reduce(
    (sum, file) => sum + brotliCompressSync(readFileSync(join(client, file))).length,
    0,
  );
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

test('all that the frame loads to a working chat', () => {
  check('frame', eagerFiles('widget/frame.html'), 14_336);
});

test('what the dashboard loads first, without its HTML and fonts', () => {
  check('dashboard', eagerFiles('admin/index.html').slice(1), 71_680);
});
