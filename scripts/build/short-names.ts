import { globSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { normalizePath } from 'vite';

/**
 * A name for each class and animation of the CSS modules below a folder, the same in every build of
 * the same sources: a, b, c… They are counted bytes, and what a hash makes does not pack.
 */
export type ShortNames = {
  /** Reads the sheets again. */
  read(): void;
  /** The name of a class, by the one that its file has for it. Throws where the file has none. */
  of(local: string, file: string): string;
};

/**
 * @param folder absolute, with slashes
 * @param isLate whether a sheet, by its path below the folder, loads when used: what loads at once
 *   gets the shortest names
 */
export function shortNames(folder: string, isLate: (path: string) => boolean): ShortNames {
  let names = new Map<string, string>();
  const rank = (path: string) => `${isLate(path) ? '~' : ''}${path}`;
  function read(): void {
    names = new Map();
    const sheets = globSync('**/*.module.css', { cwd: folder })
      .map(normalizePath)
      .sort((a, b) => (rank(a) < rank(b) ? -1 : 1));
    for (const path of sheets) {
      const file = posix.join(folder, path);
      const sheet = readFileSync(file, 'utf8');
      for (const [, local] of sheet.matchAll(/(?:\.|@keyframes )([a-z]\w*)/gi)) {
        const key = `${file}:${local}`;
        if (!names.has(key)) names.set(key, letters(names.size));
      }
    }
  }
  read();
  return {
    read,
    of(local, file) {
      const key = `${normalizePath(file).replace(/\?.*$/, '')}:${local}`;
      const name = names.get(key);
      if (!name) throw new Error(`There is no class ${key}.`);
      return name;
    },
  };
}

/** a to z, then aa, ab… */
export const letters = (index: number): string =>
  (index < 26 ? '' : letters(Math.floor(index / 26) - 1)) + String.fromCharCode(97 + (index % 26));
