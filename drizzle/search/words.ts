import { fold } from '../../protocol/text/fold.ts';

/**
 * Words as search compares them: folded, with nothing but letters and digits. One way for what is
 * indexed, for what is asked, and for what is marked in between, whatever the database's own ideas of
 * a word are.
 */

export type Word = {
  text: string;
  /** Where it stands in the text: UTF-16 units, the end not included. */
  start: number;
  end: number;
};

/** Scripts that write no spaces: each character is a word, and what is asked of them a phrase. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
/** Letters to Unicode that are apostrophes to their writers, as in `пʼять`, and separate as those do. */
const APOSTROPHES = String.raw`\u02b9\u02bb\u02bc`;
/** A label of a domain in Punycode, or a word; what is invisible separates no words. */
const WORD = new RegExp(
  String.raw`\b[xX][nN]--[a-zA-Z0-9\-]+|[${UNSPACED}]\p{M}*|[[\p{L}\p{N}]--[${UNSPACED}${APOSTROPHES}]][[\p{L}\p{M}\p{N}\p{Default_Ignorable_Code_Point}]--[${UNSPACED}${APOSTROPHES}]]*`,
  'gv',
);

/**
 * Digits in groups: a number may be asked for as one, or grouped in another way. It begins where digits
 * begin, so that a long run of digits without groups is looked at once and not from each of them.
 */
export const GROUPED_DIGITS = String.raw`(?<!\p{Nd})\p{Nd}+(?:[^\p{L}\p{N}"\n]{1,3}\p{Nd}+)+(?![\p{L}\p{N}])`;
const GROUPED = new RegExp(GROUPED_DIGITS, 'gu');

/** Characters of a word that count; nobody searches for more, and Postgres takes at most 2 KB. */
const MAX_WORD = 40;
/**
 * UTF-16 units of a word that are folded: room for the marks and joiners between the characters that
 * count. Folding is what costs, and some characters fold to eighteen.
 */
const MAX_FOLDED = 5 * MAX_WORD;

/** The words of a text, in order, and then its numbers whose digits are grouped, each as one word. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  const add = (match: string, start: number, end: number) => {
    const word = match.length > MAX_WORD ? Array.from(match).slice(0, MAX_WORD).join('') : match;
    if (word) words.push({ text: word, start, end });
  };
  const foldedWords = new Map<string, string>();
  for (const { 0: match, index } of text.matchAll(WORD)) {
    // Words come again, characters of scripts without spaces above all, and folding is what costs.
    const folded = foldedWords.get(match) ?? fold(beginningOf(match));
    foldedWords.set(match, folded);
    // A label in Punycode may stand for several words.
    const parts = match.includes('-')
      ? folded.split(/[^\p{L}\p{N}]+/u)
      : [folded.replace(SIGNS, '')];
    for (const part of parts) add(part, index, index + match.length);
  }
  for (const { 0: match, index } of text.matchAll(GROUPED)) {
    add(joinedDigits(match), index, index + match.length);
  }
  return words;
}

/** The digits of a number that is written in groups. */
export function joinedDigits(text: string): string {
  return fold(text).replace(/\D/g, '');
}

/** The part of a word that is folded, with no half of a pair at its end. */
function beginningOf(word: string): string {
  return word.length > MAX_FOLDED
    ? word.slice(0, MAX_FOLDED).replace(/[\ud800-\udbff]$/, '')
    : word;
}

const SIGNS = /[^\p{L}\p{N}]/gu;
