import type { TextRange } from '../../protocol/search.ts';
import { type Word, wordsOf } from './words.ts';

/** Words that must stand side by side. `prefix`: the last of them may go on. */
export type Phrase = { words: string[]; prefix: boolean };

/** More than that nobody asks, and each costs a look into the index. */
const MAX_PHRASES = 10;

/**
 * What is asked for: every phrase must be there. What stands in quotes is a phrase; outside of them
 * each word is one, and so is `foo@example.org`; the last one, which may still be typed, is found by
 * its beginning. There is no syntax to get wrong.
 */
export function parseQuery(q: string): Phrase[] {
  const phrases: Phrase[] = [];
  for (const { 0: part, 1: quoted } of q.matchAll(/"([^"]*)"?|[^\s"]+/g)) {
    const words = wordsOf(quoted ?? part).map(({ text }) => text);
    if (words.length > 0) phrases.push({ words, prefix: false });
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
export function marksOf(words: readonly Word[], { words: wanted, prefix }: Phrase): TextRange[] {
  const marks: TextRange[] = [];
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
