/**
 * The words of a text as the index held them before the one folding (protocol/text/fold.ts): letters that
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
  return Array.from(text.matchAll(WORD), ([word]) =>
    Array.from(
      word
        .toLowerCase()
        .normalize('NFKD')
        .replace(/[^\p{L}\p{N}]/gu, ''),
    )
      .slice(0, MAX_WORD)
      .join(''),
  ).filter((word) => word !== '');
}

/** Letters that were kept, by what they are folded to now; the most frequent in names and streets. */
const KEPT: readonly (readonly [now: string, then: string])[] = [
  ['ss', 'ß'],
  ['l', 'ł'],
  ['o', 'ø'],
  ['i', 'ı'],
  ['d', 'đ'],
  ['ae', 'æ'],
  ['oe', 'œ'],
  ['th', 'þ'],
  ['d', 'ð'],
];
/** Places in a phrase where a letter may have been kept; more of them are not tried. */
const MAX_PLACES = 2;
/** Each costs looks into the index, most of which find nothing. */
const MAX_SPELLINGS = 10;

/**
 * How documents of then may have written folded words: with one of the letters that were kept, in one
 * place or two. `lodz` was `łodz`, and `strasse` was `straße`.
 *
 * @returns up to ten spellings, of the words side by side
 */
export function formerSpellings(words: readonly string[]): string[][] {
  const phrase = words.join(' ');
  const spellings = KEPT.flatMap(([now, then]) => {
    const parts = phrase.split(now);
    if (parts.length === 1) return [];
    const places = Math.min(parts.length - 1, MAX_PLACES);
    // Each number is a choice of places, one bit for each; the first is where the phrase has it first.
    return Array.from({ length: 2 ** places - 1 }, (_, choice) =>
      parts.reduce(
        (all, part, at) =>
          `${all}${((choice + 1) >> (at - 1)) & 1 && at <= places ? then : now}${part}`,
      ),
    );
  });
  return spellings.slice(0, MAX_SPELLINGS).map((spelling) => spelling.split(' '));
}
