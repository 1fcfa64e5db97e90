import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { normalizePath, type Plugin } from 'vite';

/**
 * What makes the frame small: plain sources go in, and the build takes out of them what the frame
 * does not use. Budgets count the result (e2e/budgets.test.ts).
 */

const { dirname, join } = posix;
const frame = normalizePath(fileURLToPath(new URL('../widget/frame/', import.meta.url)));

/** The frame's lazy parts have no files of their own to preload; Vite's helper for that is 1 KB. */
function plainImports(): Plugin {
  return {
    name: 'foyer:plain-imports',
    enforce: 'pre',
    load: (id) =>
      id.includes('vite/preload-helper') ? 'export const __vitePreload = (load) => load();' : null,
  };
}

/**
 * What Solid carries and the frame never uses: transitions, suspense, error boundaries, foreign
 * schedulers and the hydration of a server's HTML. All of it hangs on variables that stay empty;
 * written as constants, they let the minifier drop two fifths of Solid.
 */
const unused: Record<string, [pattern: RegExp, instead: string][]> = {
  'solid.js': [
    [/^let (Transition|Scheduler|ExternalSourceConfig|ERROR) = null;/gm, 'const $1 = null;'],
    [/(?<!const )\b(Transition|Scheduler|ExternalSourceConfig|ERROR) = /g, 'void '],
    [/SuspenseContext && useContext\(SuspenseContext\)/g, 'null'],
    [/ if \(s\) c\.suspense = s;/g, ''],
    [/ if \(node\.suspense && .*$/gm, ''],
    [/sharedConfig\.(context|effects) = /g, 'void '],
    [/sharedConfig\.(context|effects)/g, '(void 0)'],
    [/if \(node\.tOwned\)/g, 'if (false)'],
    [/castError\(err\)(?! \{)/g, 'err'],
  ],
  'web.js': [
    [/isHydrating\(\w*\)(?! \{)/g, 'false'],
    [/(?<!const )hydrating(?= \|\| | && |\))/g, 'false'],
    // Templates of HTML, which is all that the frame has.
    [
      /(?<=template\(html), isImportNode, isSVG, isMathML\) \{/,
      ') {\n const isImportNode = false; const isSVG = false; const isMathML = false;',
    ],
  ],
};

function leanSolid(): Plugin {
  return {
    name: 'foyer:lean-solid',
    enforce: 'pre',
    transform(code, id) {
      const [, file] = /\/solid-js\/(?:web\/)?dist\/(solid\.js|web\.js)/.exec(id) ?? [];
      if (!file) return null;
      return (unused[file] ?? []).reduce((lean, [pattern, instead]) => {
        const leaner = lean.replace(pattern, instead);
        if (leaner === lean) this.error(`Solid has changed: ${file} has no ${pattern} now.`);
        return leaner;
      }, code);
    },
  };
}

/** A name for each class and animation of the frame's sheets, the same in every build: a, b, c… */
function shortNames(): Map<string, string> {
  const names = new Map<string, string>();
  for (const file of globSync('**/*.module.css', { cwd: frame }).map(normalizePath).sort()) {
    const sheet = readFileSync(join(frame, file), 'utf8');
    for (const [, name] of sheet.matchAll(/(?:\.|@keyframes )([a-z]\w*)/gi)) {
      const key = `${join(frame, file)}:${name}`;
      if (!names.has(key)) names.set(key, letters(names.size));
    }
  }
  return names;
}

const letters = (index: number): string =>
  (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));

let names = shortNames();

export function frameClassName(local: string, file: string): string {
  const key = `${normalizePath(file).replace(/\?.*$/, '')}:${local}`;
  const name = names.get(key);
  if (!name) throw new Error(`There is no class ${key}.`);
  return name;
}

/**
 * Solid takes every `object.member` in JSX for reactive and wraps it in an effect. In the frame
 * class names and texts are constants: the ones become part of the HTML templates, the others are
 * read once. It halves what the views weigh. The sheets of rare/ travel in its scripts.
 */
function constants(): Plugin[] {
  const replace: Plugin = {
    name: 'foyer:constants',
    enforce: 'pre',
    buildStart() {
      names = shortNames();
    },
    transform(code, id) {
      if (!id.endsWith('.tsx')) return null;
      let out = code;
      for (const [statement, name, path] of code.matchAll(
        /import (\w+) from '(\..+\.module\.css)';/g,
      )) {
        const file = join(dirname(id), `${path}`);
        const lazy = file.startsWith(join(frame, 'rare'));
        out = out
          .replace(
            statement,
            lazy
              ? `import { addSheet } from '${join(frame, 'rare/sheet.ts')}';
                 import ${name} from '${path}?inline';
                 addSheet(${name});`
              : `import '${path}';`,
          )
          .replace(
            new RegExp(`(?<![\\w/.])${name}\\.(\\w+)`, 'g'),
            (_, local) => `'${frameClassName(local, file)}'`,
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
        .replace(colour, (_, name) => `--${letters(colours.indexOf(name))}`);
    },
  };
}

export const framePlugins = (): Plugin[] => [
  plainImports(),
  leanSolid(),
  plainTokens(),
  ...constants(),
];
