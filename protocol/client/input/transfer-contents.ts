import { MAX_FILES_AT_ONCE } from '../../files.ts';
import type { Brought } from './transfer.ts';

/** What a paste or a drop means. */
export type Contents = {
  files: readonly File[];
  /** Why some of it is left out, or null. */
  refused: 'file_folder' | 'file_too_many' | null;
  /** Text for the field; empty beside files. */
  text: string;
};

/** Reads what `brought` took. A pasted picture that has no name of its own gets one from the time. */
export function contentsOf(
  { files, folders = [], text = '', html = '' }: Brought,
  now = new Date(),
): Contents {
  const isUnnamed = ({ name, type }: File) =>
    /^image\.\w+$/.test(name) && type.startsWith('image/');
  const first = files.find(isUnnamed);
  const taken = files
    .filter(({ name }) => !folders.includes(name))
    // One picture may be there in several formats.
    .filter((file) => file === first || !isUnnamed(file))
    .map((file) => (file === first ? named(file, now) : file));
  const refused = folders.length > 0 ? 'file_folder' : null;
  return {
    files: taken.slice(0, MAX_FILES_AT_ONCE),
    refused: taken.length > MAX_FILES_AT_ONCE ? 'file_too_many' : refused,
    text: files.length + folders.length > 0 ? '' : text.trim() || textOf(html),
  };
}

/** `image.png` as `image-2026-11-28-221341.png`, in local time. */
function named(file: File, now: Date): File {
  const two = (value: number) => `${value}`.padStart(2, '0');
  const day = [now.getFullYear(), two(now.getMonth() + 1), two(now.getDate())].join('-');
  const time = [now.getHours(), now.getMinutes(), now.getSeconds()].map(two).join('');
  const name = file.name.replace('.', `-${day}-${time}.`);
  return new File([file], name, { type: file.type, lastModified: file.lastModified });
}

const ENTITIES: Record<string, string> = {
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  amp: '&',
};

/** Characters of HTML that are read: far more than a message holds. */
const MAX_HTML = 200_000;

/** The text of HTML, where a clipboard has nothing else: lines for blocks, tabs between cells. */
function textOf(html: string): string {
  return (
    html
      .slice(0, MAX_HTML)
      // What nothing ends goes to the end, as in a browser, and so takes no second look.
      .replace(/<!--[\s\S]*?(?:-->|$)|<(style|script|title)\b[\s\S]*?(?:<\/\1\s*>|$)/gi, '')
      .replace(/\s+/g, ' ')
      .replace(/<\/t[dh]\s*>\s*(?=<t[dh])/gi, '\t')
      .replace(/ ?<(br|\/p|\/div|\/tr|\/li|\/h\d|\/blockquote|\/pre)\b[^<>]*> ?/gi, '\n')
      .replace(/<[^<>]*>/g, '')
      .replace(/&(#x?)?(\w+);/gi, (whole, number?: string, name = '') => {
        if (!number) return ENTITIES[name.toLowerCase()] ?? whole;
        const point = Number.parseInt(name, number === '#' ? 10 : 16);
        return point > 0 && point <= 0x10ffff ? String.fromCodePoint(point) : '';
      })
      .replace(/\n{3,}/g, '\n\n')
      .trim()
  );
}
