import type { Snippet } from '../../protocol/resources/search.ts';
import { markAll, type Phrase } from './query.ts';

/** Characters around the first hit. */
const BEFORE = 60;
const LENGTH = 200;

/** The part of a text around the first hit, in one line, with what was found marked by ranges. */
export function snippet(text: string, phrases: readonly Phrase[]): Snippet {
  const marks = markAll(text, phrases);
  const hit = marks[0]?.[0] ?? 0;
  let from = Math.max(0, hit - BEFORE);
  // From a word's beginning on, where there is one.
  if (from > 0) {
    const space = text.slice(from, hit).search(/\s/);
    if (space >= 0) from += space + 1;
    else if (isLow(text.charCodeAt(from))) from += 1;
  }
  let to = Math.min(text.length, from + LENGTH);
  if (to < text.length && isLow(text.charCodeAt(to))) to -= 1;
  const lead = from > 0 ? '…' : '';
  const shift = lead.length - from;
  return {
    text: `${lead}${text.slice(from, to).replace(/\s/g, ' ')}${to < text.length ? '…' : ''}`,
    marks: marks
      .filter(([start, end]) => start >= from && end <= to)
      .map(([start, end]) => [start + shift, end + shift]),
  };
}

/** The second half of a pair, before which no text may be cut. */
function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
