import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizePath, type Plugin } from 'vite';
import { frameLanguages } from './frame-languages.ts';
import { leanSolid } from './lean-solid.ts';
import { letters, shortNames } from './short-names.ts';
import { visitorsClient } from './visitors-client.ts';

/**
 * What makes the frame small: plain sources go in, and the build takes out of them what the frame
 * does not use. Budgets count the result (e2e/budgets.test.ts).
 */

const { dirname, join } = posix;
const frame = normalizePath(fileURLToPath(new URL('../../widget/frame/', import.meta.url)));

/**
 * Lazy parts have no files of their own to preload; Vite's helper for that is 1 KB. Sources that name
 * what `import()` gives before they take something out of it lose all of it.
 */
export function plainImports(): Plugin {
  return {
    name: 'foyer:plain-imports',
    renderChunk: (code) =>
      code.replace(
        /__vitePreload\(\(\) => (import\([^)]+\)), *(?:__VITE_PRELOAD__|\[\]|void 0)\)/g,
        '$1',
      ),
    load: (id) =>
      id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null,
  };
}

/** Whether a file, by its path below the frame, loads when it is used. */
const isLazy = (path: string) => /(^|\/)lazy\//.test(path);

/** The frame's classes: what loads at once gets the shortest. */
export const frameNames = shortNames(frame, isLazy);

/**
 * Solid takes every `object.member` in JSX for reactive and wraps it in an effect. In the frame
 * class names and texts are constants: the ones become part of the HTML templates, the others are
 * read once. It halves what the views weigh. The sheets of lazy/ folders travel in their scripts.
 */
function constants(): Plugin[] {
  const adopted = 'adopted:';
  const replace: Plugin = {
    name: 'foyer:constants',
    enforce: 'pre',
    buildStart() {
      frameNames.read();
    },
    resolveId: (id) => (id.startsWith(adopted) ? `\0${id}.ts` : null),
    load(id) {
      if (!id.startsWith(`\0${adopted}`)) return null;
      const file = id.slice(adopted.length + 1, -'.ts'.length);
      return `import css from '${file}?inline';
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets.push(sheet);`;
    },
    transform(code, id) {
      if (!id.endsWith('.tsx')) return null;
      let out = code;
      for (const [statement, name, path] of code.matchAll(
        /import (\w+) from '(\..+\.module\.css)';/g,
      )) {
        const file = join(dirname(id), `${path}`);
        const lazy = isLazy(posix.relative(frame, file));
        out = out
          .replace(statement, `import '${lazy ? `${adopted}${file}` : path}';`)
          .replace(
            new RegExp(`(?<![\\w/.])${name}\\.(\\w+)`, 'g'),
            (_, local) => `'${frameNames.of(local, file)}'`,
          );
      }
      return out.replace(/\{([rt]\.\w+)\}/g, '{/*@once*/ $1}');
    },
  };
  // Without a class that is imported from it, a style sheet would count as unused.
  const keep: Plugin = {
    name: 'foyer:keep-styles',
    enforce: 'post',
    transform: (code, id) =>
      id.endsWith('.module.css') ? { code, map: null, moduleSideEffects: 'no-treeshake' } : null,
    generateBundle(_options, bundle) {
      for (const file of Object.values(bundle)) {
        if (file.type !== 'asset' || !file.fileName.endsWith('.css')) continue;
        // Vite's mark for a hash that is made by now.
        file.source = `${file.source}`.replace(/\/\*\$vite\$:\d+\*\/\s*/, '');
      }
    },
  };
  return [replace, keep];
}

/** Sizes never change while the frame runs, so they are written out; colours get short names. */
function plainTokens(): Plugin {
  const size = /^ *--([\w-]+): ([\d.]+(?:px|s));\n/gm;
  const colour = /--(?!accent[^-\w])([a-z][\w-]*)/g;
  return {
    name: 'foyer:plain-tokens',
    enforce: 'pre',
    transform(code, id) {
      if (!id.startsWith(frame) || !/\.css(\?|$)/.test(id)) return null;
      const tokens = readFileSync(join(frame, 'tokens.css'), 'utf8');
      const sizes = new Map([...tokens.matchAll(size)].map(([, name, value]) => [name, value]));
      const colours = [
        ...new Set([...tokens.replace(size, '').matchAll(colour)].map(([, n]) => n)),
      ];
      return code
        .replace(size, '')
        .replace(/var\(--([\w-]+)\)/g, (whole, name) => sizes.get(name) ?? whole)
        .replace(colour, (_, name) => {
          if (!colours.includes(name)) this.error(`tokens.css has no --${name}.`);
          return `--${letters(colours.indexOf(name))}`;
        });
    },
  };
}

/**
 * The first script exports to the lazy ones under the names that it has for things itself, and not
 * under others: `export{P,d}` for `export{P as A,d as B}`.
 */
function ownExports(): Plugin {
  return {
    name: 'foyer:own-exports',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const first = chunks.find(({ isEntry }) => isEntry);
      if (!first) return this.error('The frame has no first script.');
      const own = new Map<string, string>();
      first.code = first.code.replace(/\bexport\{([^}]+)\}/, (_, list: string) => {
        for (const [, local = '', name = local] of list.matchAll(/([\w$]+)(?: as ([\w$]+))?/g)) {
          own.set(name, local);
        }
        return `export{${[...own.values()].join(',')}}`;
      });
      const file = first.fileName.replace('assets/', './').replaceAll('.', '\\.');
      const importStatement = new RegExp(`\\bimport\\{([^}]+)\\}from"${file}"`, 'g');
      let isImported = false;
      for (const chunk of chunks) {
        chunk.code = chunk.code.replace(importStatement, (statement, list: string) => {
          isImported = true;
          const names = list.replace(/([\w$]+)(?: as ([\w$]+))?/g, (_, name, local = name) => {
            const there = own.get(name);
            if (!there) this.error(`${chunk.fileName} takes ${name}, which nothing exports.`);
            return there === local ? local : `${there} as ${local}`;
          });
          return statement.replace(list, names);
        });
      }
      // Otherwise every lazy part would fail to load, for names that the first script does not have.
      if (!isImported) this.error(`No script imports ${first.fileName}.`);
    },
  };
}

export const framePlugins = (): Plugin[] => [
  plainImports(),
  leanSolid(),
  visitorsClient(),
  frameLanguages(),
  plainTokens(),
  ...constants(),
  ownExports(),
];
