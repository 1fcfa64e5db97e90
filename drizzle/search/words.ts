/**
 * Words as search compares them: in small letters, without diacritics, with nothing but letters and
 * digits. One way for what is indexed, for what is asked, and for what is marked in between, whatever
 * the database's own ideas of a word are.
 */

export type Word = {
  text: string;
  /** Where it stands in the text: UTF-16 units, the end not included. */
  start: number;
  end: number;
};

/** Scripts that write no spaces: each character is a word, and what is asked of them a phrase. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const WORD = new RegExp(
  String.raw`[${UNSPACED}]\p{M}*|[[\p{L}\p{N}]--[${UNSPACED}]][[\p{L}\p{M}\p{N}]--[${UNSPACED}]]*`,
  'gv',
);

/** Characters of a word that count; nobody looks for more, and Postgres takes no more than 2 KB. */
const MAX_WORD = 40;

/** The words of a text, in order. */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const { 0: found, index } of text.matchAll(WORD)) {
    const folded = fold(found);
    if (folded) words.push({ text: folded, start: index, end: index + found.length });
  }
  return words;
}

function fold(word: string): string {
  const plain = word
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[^\p{L}\p{N}]/gu, '');
  return Array.from(plain).slice(0, MAX_WORD).join('');
}
