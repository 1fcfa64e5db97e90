/**
 * The words of a text as the index held them before the one folding (protocol/fold.ts): letters that
 * Unicode does not take apart, such as ł, and the digits of other scripts were kept. Documents written
 * then are asked for these words, too, until they are indexed again.
 */

/** Scripts that write no spaces: each character is a word. */
const UNSPACED = String.raw`\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}\p{sc=Lao}\p{sc=Khmer}\p{sc=Myanmar}`;
const WORD = new RegExp(
  String.raw`[${UNSPACED}]\p{M}*|[[\p{L}\p{N}]--[${UNSPACED}]][[\p{L}\p{M}\p{N}]--[${UNSPACED}]]*`,
  'gv',
);
const MAX_WORD = 40;

export function formerWordsOf(text: string): string[] {
  return Array.from(text.matchAll(WORD), ([found]) =>
    Array.from(
      found
        .toLowerCase()
        .normalize('NFKD')
        .replace(/[^\p{L}\p{N}]/gu, ''),
    )
      .slice(0, MAX_WORD)
      .join(''),
  ).filter((word) => word !== '');
}
