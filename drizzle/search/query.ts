import type { TextRange } from '../../protocol/resources/search.ts';
import { fold } from '../../protocol/text/fold.ts';
import { formerWordsOf } from './former-words.ts';
import { GROUPED_DIGITS, joinedDigits, type Word, wordsOf } from './words.ts';

/**
 * Words that must stand side by side. `prefix`: the last of them may go on. `joined`: digits in groups
 * are also found as this one word. `former`: the words as documents from before the one folding have
 * them, where those differ.
 */
export type Phrase = { words: string[]; prefix: boolean; joined?: string; former?: string[] };

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
  // Such as what telephones copy around a number.
  const visible = q.replace(/\p{Default_Ignorable_Code_Point}/gu, '');
  for (const { 0: part, 1: quoted, 2: number } of visible.matchAll(PART)) {
    const joined = number && joinedDigits(number);
    const words = wordsOf(quoted ?? part).flatMap(({ text }) => (text === joined ? [] : [text]));
    if (words.length > 0) {
      const former = formerWordsOf(quoted ?? part);
      const isOther = former.length > 0 && former.join(' ') !== words.join(' ');
      phrases.push({
        words,
        prefix: false,
        ...(joined && { joined }),
        ...(isOther && { former }),
      });
    }
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

/** Letters and numbers that fold to signs, too, which words leave out; `query.test.ts` finds them all. */
const FOLD_TO_SIGNS =
  /[\u00bc-\u00be\u013f\u0140\u037a\u2150-\u215f\u2189\u2474-\u249b\u3220-\u3229\ufc5e-\ufc63\ufdfa\ufdfb\ufe70-\ufe7e\u{1f100}-\u{1f10a}]|xn--/iu;

/**
 * Checks, in a fraction of the time that its words take, whether a text may contain a phrase:
 * false only where none does.
 */
export function quickFinder(phrases: readonly Phrase[]): (text: string) => boolean {
  const wanted = phrases.map(({ words }) => {
    const letters = words.filter((word) => !/\p{N}/u.test(word));
    // Digits may be grouped: only letters are compared as they stand.
    return { letters, hasDigits: letters.length < words.length };
  });
  return (text) => {
    if (FOLD_TO_SIGNS.test(text)) return true;
    const folded = fold(text);
    return wanted.some(
      ({ letters, hasDigits }) =>
        letters.every((word) => folded.includes(word)) && (!hasDigits || /\p{N}/u.test(folded)),
    );
  };
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
      const wordText = words[at + index]?.text ?? '';
      return prefix && index === wanted.length - 1 ? wordText.startsWith(text) : wordText === text;
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
