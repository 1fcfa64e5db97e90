import { createHash } from 'node:crypto';
import { globSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'vite';

/**
 * The frame's languages: each file of widget/frame/strings/languages/ becomes two scripts, what a chat needs
 * at once and what its lazy parts say. The page names them all; the Worker leaves the one
 * language's in it (worker/features/pages/frame-language.ts), so that its first script loads beside the frame's.
 */

const folder = fileURLToPath(new URL('../../widget/frame/strings/languages/', import.meta.url));

type Texts = Record<string, unknown>;

export type Language = { tag: string; texts: Texts; lazy: Texts };

/** Every language, as its file has it. */
export function languages(): Promise<Language[]> {
  const tags = globSync('*.ts', { cwd: folder })
    .map((name) => name.slice(0, -'.ts'.length))
    .filter((name) => /^[a-z]{2}(-[A-Z]{2})?$/.test(name))
    .sort();
  // Read again at each build: the query defeats the module cache.
  const now = Date.now();
  return Promise.all(
    tags.map(async (tag) => ({ tag, ...(await import(`${join(folder, tag)}.ts?${now}`)) })),
  );
}

/** The texts of a language, English where it has none yet. */
function filled(english: Texts, translated: Texts): Texts {
  return Object.fromEntries(
    Object.entries(english).map(([key, text]) => {
      const own = translated[key];
      const group =
        typeof own === 'object' && typeof text === 'object' && !('other' in { ...text });
      return [key, group ? { ...text, ...own } : (own ?? text)];
    }),
  );
}

/** The two scripts of every language, English where it has no text yet. */
export async function languageScripts(): Promise<{ tag: string; first: string; lazy: string }[]> {
  const all = await languages();
  const english = all.find(({ tag }) => tag === 'en');
  if (!english) throw new Error('There is no English.');
  const script = (texts: Texts) =>
    `export default${JSON.stringify(texts).replace(/"([a-z_]+)":/gi, '$1:')}`;
  return all.map(({ tag, texts, lazy }) => ({
    tag,
    first: script(filled(english.texts, texts)),
    lazy: script(filled(english.lazy, lazy)),
  }));
}

export function frameLanguages(): Plugin {
  const files: Record<string, string> = {};
  const addFile = (source: string) => {
    const name = createHash('sha256').update(source).digest('base64url').slice(0, 8);
    const file = `assets/${name}.js`;
    files[file] = source;
    return `/${file}`;
  };
  return {
    name: 'foyer:languages',
    buildStart() {
      for (const name of globSync('*.ts', { cwd: folder })) this.addWatchFile(join(folder, name));
    },
    transformIndexHtml: {
      order: 'post',
      async handler() {
        const scripts = await languageScripts();
        return scripts.map(({ tag, first, lazy }) => ({
          tag: 'link',
          attrs: {
            rel: 'modulepreload',
            hreflang: tag,
            href: addFile(first),
            'data-lazy': addFile(lazy),
          },
          injectTo: 'head',
        }));
      },
    },
    generateBundle: {
      // After Vite has made the page.
      order: 'post',
      handler() {
        for (const [fileName, source] of Object.entries(files)) {
          this.emitFile({ type: 'asset', fileName, source });
        }
      },
    },
  };
}
