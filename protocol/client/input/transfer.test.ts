import { describe, expect, test } from 'vitest';
import { MAX_FILES_AT_ONCE } from '../../files.ts';
import { brought } from './transfer.ts';
import { contentsOf } from './transfer-contents.ts';

const png = (name = 'image.png') => new File(['png'], name, { type: 'image/png' });
const pdf = new File(['pdf'], 'offer.pdf', { type: 'application/pdf' });

/** A field that texts go to, another field, and the page beside them. */
const element = (isField: boolean) =>
  Object.assign(new EventTarget(), { matches: () => isField }) as unknown as Element;
const [field, other, page] = [element(true), element(true), element(false)];

type Held = { files?: File[]; folders?: string[]; text?: string; html?: string };

function dataOf({ files = [], folders = [], text = '', html = '' }: Held) {
  const texts: Record<string, string> = { 'text/plain': text, 'text/html': html };
  const all = [...files, ...folders.map((name) => new File(['x'], name))];
  return {
    files: all,
    items: all.map(({ name }) => ({
      webkitGetAsEntry: () => ({ isDirectory: folders.includes(name), name }),
    })),
    types: [...Object.keys(texts).filter((type) => texts[type]), ...(all[0] ? ['Files'] : [])],
    getData: (type: string) => texts[type] ?? '',
  };
}

/** What is taken of an event, and what it means; null where it is left to the browser. */
function take(how: 'paste' | 'drop' | 'dragover', contents: Held, target = field) {
  const data = dataOf(contents);
  const event = Object.assign(new Event(how, { cancelable: true }), {
    [how === 'paste' ? 'clipboardData' : 'dataTransfer']: data,
  });
  Object.defineProperty(event, 'target', { value: target });
  const taken = brought(event, field);
  expect(event.defaultPrevented).toBe(taken !== null);
  return taken && contentsOf(taken, new Date(2026, 10, 28, 9, 5, 7));
}

const namesOf = (contents: ReturnType<typeof take>) => contents?.files.map(({ name }) => name);

describe('V1 A8: a paste', () => {
  test('of cells, with their text, HTML and picture: the browser puts in the text', () => {
    const cells = { text: 'a\tb\n1\t2', html: '<table><tr><td>a</table>', files: [png()] };
    expect(take('paste', cells)).toBe(null);
  });

  test('of cells that speak of the picture by its name is a text all the same', () => {
    const cells = { text: 'logo\timage.png', html: '<table></table>', files: [png()] };
    expect(take('paste', cells)).toBe(null);
  });

  test('of a text is left to the browser, and so is one into another field', () => {
    expect(take('paste', { text: 'Hello', html: '<b>Hello</b>' })).toBe(null);
    expect(take('paste', { files: [png()] }, other)).toBe(null);
    expect(take('paste', { html: '<b>Hello</b>' }, other)).toBe(null);
    expect(take('paste', {})).toBe(null);
  });

  test('of a picture attaches it, under a name that says when', () => {
    expect(namesOf(take('paste', { files: [png()] }))).toEqual(['image-2026-11-28-090507.png']);
    expect(namesOf(take('paste', { files: [png()] }, page))).toHaveLength(1);
    const copied = { files: [png()], html: '<img src="https://shop.example/cat.png">' };
    expect(namesOf(take('paste', copied))).toHaveLength(1);
  });

  test('of a picture in two formats attaches one', () => {
    const tiff = new File(['tiff'], 'image.tiff', { type: 'image/tiff' });
    expect(namesOf(take('paste', { files: [png(), tiff] }))).toHaveLength(1);
  });

  test('of files attaches them, though their names are there as text', () => {
    const both = [pdf, png('cat.png')];
    const text = 'file:///home/ada/offer.pdf\nfile:///home/ada/cat.png';
    expect(namesOf(take('paste', { files: both, text }))).toEqual(['offer.pdf', 'cat.png']);
  });

  test('of HTML alone gives its text', () => {
    const html =
      '<html><head><style>p{color:red}</style></head><body><!--StartFragment--><p>1 &lt; 2</p>' +
      '<p>J&#252;rgen &amp; S&#xF6;hne</p><table><tr><td>a</td><td>b</td></tr></table></body>';
    expect(take('paste', { html })).toEqual({
      files: [],
      refused: null,
      text: '1 < 2\nJürgen & Söhne\na\tb',
    });
  });

  test('of HTML of any kind is read at once', () => {
    for (const part of ['<style', '<!--', '<', '&#', ' <br', '</td ', '<title>a']) {
      const began = performance.now();
      take('paste', { html: `<p>Hello</p>${part.repeat(50_000)}` });
      // Some 10 ms; a look at the rest from each of them takes many seconds.
      expect(performance.now() - began, part).toBeLessThan(1_000);
    }
  });
});

describe('A8: a drop', () => {
  test('of files attaches them, wherever it falls', () => {
    for (const target of [field, other, page]) {
      expect(namesOf(take('drop', { files: [pdf, png('cat.png')] }, target))).toHaveLength(2);
    }
  });

  test('of a text or a link goes into the field: by the browser, or beside it by us', () => {
    const link = { text: 'https://shop.example/cart', html: '<a href="…">Cart</a>' };
    expect(take('drop', link)).toBe(null);
    expect(take('drop', link, page)).toMatchObject({ files: [], text: link.text });
    expect(take('dragover', link)).toBe(null);
    expect(take('dragover', link, page)).not.toBe(null);
  });

  test('of a picture from a page attaches it, and not its address', () => {
    const text = 'https://shop.example/cat.png';
    expect(take('drop', { text, files: [png('cat.png')] }, page)).toMatchObject({ text: '' });
  });

  test('of folders says so, and takes the files beside them', () => {
    const contents = take('drop', { files: [pdf], folders: ['holidays'] });
    expect([namesOf(contents), contents?.refused]).toEqual([['offer.pdf'], 'file_folder']);
  });

  test('of too many takes the first, and says so', () => {
    const many = Array.from({ length: 25 }, (_, index) => png(`cat ${index}.png`));
    const contents = take('drop', { files: many });
    expect(contents?.files).toHaveLength(MAX_FILES_AT_ONCE);
    expect(contents?.refused).toBe('file_too_many');
  });
});
