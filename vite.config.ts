import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig, normalizePath, type Plugin, type UserConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { frameNames, framePlugins, plainImports } from './scripts/build/frame-plugins.ts';
import { shortNames } from './scripts/build/short-names.ts';
import { headersFile } from './worker/http/headers/headers.ts';

/**
 * The browser's programs, one build each (`vite build --mode loader|panel|…`); all go to
 * dist/client, which `scripts/build.mjs` keeps free of files that no build wrote.
 */

const root = fileURLToPath(new URL('.', import.meta.url));

/**
 * The policy of the page to try the widget on: what a strict website allows for it, and the page's
 * own script and style by their hashes.
 */
function testPagePolicy(html: string): string {
  const hashes = (element: string) =>
    [...html.matchAll(new RegExp(`<${element}>([^]*?)</${element}>`, 'g'))]
      .map(([, text = '']) => createHash('sha256').update(text).digest('base64'))
      .map((hash) => `'sha256-${hash}'`)
      .join(' ');
  return [
    "default-src 'none'",
    `script-src 'self' ${hashes('script')}`,
    `style-src ${hashes('style')}`,
    "frame-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'self'",
  ].join('; ');
}

/** Adds files that no module imports. */
function extraFiles(files: () => Record<string, string>): Plugin {
  return {
    name: 'foyer:extra-files',
    generateBundle() {
      for (const [fileName, source] of Object.entries(files())) {
        this.emitFile({ type: 'asset', fileName, source });
      }
    },
  };
}

/** Vite names an HTML file after its place in the sources; the frame's has another one here. */
function renameHtml(from: string, to: string): Plugin {
  return {
    name: 'foyer:rename-html',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const html = bundle[from];
      if (html?.type !== 'asset') this.error(`${from} was not built.`);
      delete bundle[from];
      // Everything comes from the frame's own origin; nobody reads its indents.
      const source = `${html.source}`.replaceAll(' crossorigin', '').replace(/\n\s*/g, '');
      this.emitFile({ type: 'asset', fileName: to, source });
    },
  };
}

/** A small script that runs before a page paints for the first time, in a file as our policy asks. */
function beforePaint(file: string): Plugin {
  const source = readFileSync(`${root}${file}`, 'utf8');
  const digest = createHash('sha256').update(source).digest('hex').slice(0, 8);
  const fileName = `assets/before-paint-${digest}.js`;
  return {
    name: 'foyer:before-paint',
    transformIndexHtml: () => [
      { tag: 'script', attrs: { src: `/${fileName}` }, injectTo: 'head-prepend' },
    ],
    generateBundle() {
      this.emitFile({ type: 'asset', fileName, source });
    },
  };
}

/** The dashboard's classes: the inbox is what an agent sees first. */
const adminNames = shortNames(
  normalizePath(`${root}admin/`),
  (path) => !/^(components|features\/(inbox|conversation))\//.test(path),
);

const shared = {
  root,
  publicDir: false,
  css: { modules: { generateScopedName: adminNames.of } },
  build: {
    target: 'es2022',
    outDir: 'dist/client',
    emptyOutDir: false,
    reportCompressedSize: false,
    // Fonts are files, since the content security policy lets no `data:` font in.
    assetsInlineLimit: (file) => (file.endsWith('.svg') ? undefined : false),
  },
} satisfies UserConfig;

/**
 * How scripts are minified whose bytes are counted. A twentieth smaller than by Vite's own; calls that
 * are not inlined repeat, which packs well.
 */
const compress = { passes: 3, inline: 0 };
const minified = {
  cssTarget: ['chrome125', 'firefox128', 'safari18'],
  minify: 'terser',
  terserOptions: { module: true, ecma: 2020, compress },
} satisfies UserConfig['build'];

/** The widget's scripts, whose every byte a visitor waits for. */
const packed = {
  ...minified,
  terserOptions: {
    ...minified.terserOptions,
    compress: {
      ...compress,
      keep_fargs: false,
      // What is read for nothing is dropped: an effect follows only what it makes use of.
      pure_getters: true,
      unsafe: true,
      unsafe_arrows: true,
    },
  },
} satisfies UserConfig['build'];

/** The frame, and its preview: one program from the same views, each with a page of its own. */
const frameBuild = (folder: 'frame' | 'preview'): UserConfig => ({
  ...shared,
  css: { modules: { generateScopedName: frameNames.of } },
  plugins: [
    framePlugins(),
    // Solid's delegated events are code that the frame's few buttons do not need.
    solid({ solid: { delegateEvents: false } }),
    renameHtml(`widget/${folder}/index.html`, `widget/${folder}.html`),
  ],
  build: {
    ...shared.build,
    cssCodeSplit: false,
    modulePreload: false,
    ...packed,
    rolldownOptions: {
      input: `widget/${folder}/index.html`,
      // A number that only lazy parts use is written there.
      optimization: { inlineConst: { mode: 'all', pass: 2 } },
      output: {
        entryFileNames: 'assets/[hash:6].js',
        chunkFileNames: 'assets/[hash:6].js',
        assetFileNames: 'assets/[hash:6][extname]',
        codeSplitting: { groups: [{ name: 'frame', tags: ['$initial'] }] },
      },
    },
  },
});

const builds: Record<string, UserConfig> = {
  loader: {
    ...shared,
    define: { COMMANDS: 'false' },
    plugins: [
      plainImports(),
      extraFiles(() => {
        const page = `${root}widget/test-widget.html`;
        const html = existsSync(page) ? readFileSync(page, 'utf8') : '';
        const pages = html ? { 'test-widget.html': html } : {};
        return { _headers: headersFile(testPagePolicy(html)), ...pages };
      }),
    ],
    build: {
      ...shared.build,
      modulePreload: false,
      ...packed,
      rolldownOptions: {
        input: 'widget/loader/index.ts',
        output: { format: 'iife', entryFileNames: 'widget.js' },
      },
    },
  },
  // The same with the page's commands (widget/api), for the sites whose code speaks to the widget.
  commands: {
    ...shared,
    define: { COMMANDS: 'true' },
    plugins: [plainImports()],
    build: {
      ...shared.build,
      modulePreload: false,
      ...packed,
      rolldownOptions: {
        input: 'widget/loader/index.ts',
        output: { format: 'iife', entryFileNames: 'foyer.js' },
      },
    },
  },
  api: {
    ...shared,
    plugins: [
      extraFiles(() => ({ 'foyer.d.ts': readFileSync(`${root}widget/api/foyer.ts`, 'utf8') })),
    ],
    build: {
      ...shared.build,
      modulePreload: false,
      ...packed,
      rolldownOptions: {
        input: 'widget/api/index.ts',
        preserveEntrySignatures: 'exports-only',
        output: { entryFileNames: 'widget-api.js' },
      },
    },
  },
  // The page's side of an open panel, in both.
  panel: {
    ...shared,
    plugins: [plainImports()],
    build: {
      ...shared.build,
      modulePreload: false,
      ...packed,
      rolldownOptions: {
        input: 'widget/panel/index.ts',
        preserveEntrySignatures: 'exports-only',
        output: { entryFileNames: 'widget-panel.js' },
      },
    },
  },
  chatwoot: {
    ...shared,
    build: {
      ...shared.build,
      modulePreload: false,
      rolldownOptions: {
        input: 'widget/chatwoot/index.ts',
        output: { format: 'iife', entryFileNames: 'packs/js/sdk.js' },
      },
    },
  },
  frame: frameBuild('frame'),
  // In the dashboard. A build of its own, so that the visitors' frame weighs nothing more for it.
  preview: frameBuild('preview'),
  admin: {
    ...shared,
    plugins: [solid(), beforePaint('admin/theme.js')],
    build: {
      ...shared.build,
      ...minified,
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: 'admin/index.html',
        output: {
          codeSplitting: { groups: [{ name: 'first', tags: ['$initial'] }] },
        },
      },
    },
  },
};

export default defineConfig(({ mode }) => {
  const config = builds[mode];
  if (!config) throw new Error(`Run scripts/build.mjs; there is no build named ${mode}.`);
  return config;
});
