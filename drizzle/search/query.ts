import type { TextRange } from '../../protocol/search.ts';
import { GROUPED_DIGITS, joinedDigits, type Word, wordsOf } from './words.ts';

/**
 * Words that must stand side by side. `prefix`: the last of them may go on. `joined`: digits in groups
 * are also found as this one word.
 */
export type Phrase = { words: string[]; prefix: boolean; joined?: string };

/** More than that nobody asks, and each costs a look into the index. */
const MAX_PHRASES = 10;

/** A phrase in quotes, a number in groups, or what stands between spaces. */
const PART = new RegExp(String.raw`"([^"]*)"?|([+(]*${GROUPED_DIGITS})|[^\s"]+`, 'gu');

/**
 * What is asked for: every phrase must be there. What stands in quotes is a phrase; outside of them
 * each word is one, and so are `foo@example.org` and `+49 170 1234567`; the last one, which may still
 * be typed, is found by its beginning. There is no syntax to get wrong.
 */
export function parseQuery(q: string): Phrase[] {
  const phrases: Phrase[] = [];
  for (const { 0: part, 1: quoted, 2: number } of q.matchAll(PART)) {
    const joined = number && joinedDigits(number);
    const words = wordsOf(quoted ?? part).flatMap(({ text }) => (text === joined ? [] : [text]));
    if (words.length > 0) phrases.push({ words, prefix: false, ...(joined && { joined }) });
    const last = phrases.at(-1);
    // A single letter begins too many words.
    if (last) last.prefix = quoted === undefined && (words.at(-1)?.length ?? 0) > 1;
  }
  return phrases
    .slice(0, MAX_PHRASES)
    .map((phrase, index, all) =>
      index === all.length - 1 ? phrase : { ...phrase, prefix: false },
    );
}

/** Where a phrase stands in a text, as ranges of it. */
export function marksOf(
  words: readonly Word[],
  { words: wanted, prefix, joined }: Phrase,
): TextRange[] {
  const marks: TextRange[] = [];
  const isNumber = ({ text }: Word) =>
    joined !== undefined && (prefix ? text.startsWith(joined) : text === joined);
  for (const word of words) if (isNumber(word)) marks.push([word.start, word.end]);
  for (let at = 0; at + wanted.length <= words.length; at += 1) {
    const fits = wanted.every((text, index) => {
      const found = words[at + index]?.text ?? '';
      return prefix && index === wanted.length - 1 ? found.startsWith(text) : found === text;
    });
    const first = words[at];
    const last = words[at + wanted.length - 1];
    if (fits && first && last) marks.push([first.start, last.end]);
  }
  return marks;
}

/** All marks of all phrases in a text: in order, those that touch made one. */
export function markAll(text: string, phrases: readonly Phrase[]): TextRange[] {
  const words = wordsOf(text);
  const all = phrases.flatMap((phrase) => marksOf(words, phrase)).sort((a, b) => a[0] - b[0]);
  const merged: TextRange[] = [];
  for (const [start, end] of all) {
    const before = merged.at(-1);
    if (before && start <= before[1]) before[1] = Math.max(before[1], end);
    else merged.push([start, end]);
  }
  return merged;
}
