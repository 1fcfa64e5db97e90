/**
 * Formats: what the composer's buttons add around a selection, or remove if it is already there.
 */

export type Wrapping = 'bold' | 'italic' | 'code' | 'list' | 'link';

/** `text` replaces the range from `from` to `to`; then the range `select` is selected. */
export type Edit = { from: number; to: number; text: string; select: [from: number, to: number] };

const MARKS = { bold: '*', italic: '_', code: '`' };
const FENCE = '```';
const ADDRESS = 'https://';

/** The edit that a button makes in a text with the selection `start` to `end`. */
export function wrapped(text: string, start: number, end: number, wrapping: Wrapping): Edit {
  if (wrapping === 'list') return listed(text, start, end);
  if (wrapping === 'link') return linked(text, start, end);
  if (wrapping === 'code' && text.slice(start, end).includes('\n')) return fenced(text, start, end);
  const mark = MARKS[wrapping];
  // Markers must not have spaces on their inner side.
  const inner = text.slice(start, end);
  const from = start + (inner.length - inner.trimStart().length);
  const to = Math.max(from, start + inner.trimEnd().length);
  const word = text.slice(from, to);
  if (text.slice(from - 1, from) === mark && text.slice(to, to + 1) === mark) {
    return { from: from - 1, to: to + 1, text: word, select: [from - 1, to - 1] };
  }
  return { from, to, text: `${mark}${word}${mark}`, select: [from + 1, to + 1] };
}

function fenced(text: string, start: number, end: number): Edit {
  const before = start === 0 || text[start - 1] === '\n' ? '' : '\n';
  const after = end === text.length || text[end] === '\n' ? '' : '\n';
  const code = text.slice(start, end).replace(/\n$/, '');
  const opening = `${before}${FENCE}\n`;
  return {
    from: start,
    to: end,
    text: `${opening}${code}\n${FENCE}${after}`,
    select: [start + opening.length, start + opening.length + code.length],
  };
}

/** Turns whole lines into list items, or back. */
function listed(text: string, start: number, end: number): Edit {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const next = text.indexOf('\n', end);
  const to = next === -1 ? text.length : next;
  const lines = text.slice(from, to).split('\n');
  const item = /^- /;
  const away = lines.every((line) => item.test(line));
  const changed = lines.map((line) => (away ? line.replace(item, '') : `- ${line}`)).join('\n');
  return { from, to, text: changed, select: [from + changed.length, from + changed.length] };
}

/** A link from a selected text or a selected URL. The missing part is selected. */
function linked(text: string, start: number, end: number): Edit {
  const chosen = text.slice(start, end);
  const isAddress = /^(https?:\/\/|mailto:)\S+$/i.test(chosen);
  const name = isAddress ? '' : chosen || 'link';
  const address = isAddress ? chosen : ADDRESS;
  const at = isAddress ? start + 1 : start + name.length + 3;
  return {
    from: start,
    to: end,
    text: `[${name}](${address})`,
    select: [at, isAddress ? at : at + address.length],
  };
}
