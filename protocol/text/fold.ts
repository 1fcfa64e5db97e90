import { asciiDigits } from './digits.ts';
import { fromPunycode } from './punycode.ts';

/**
 * The one folding of text: how every search, in every place and on both databases, compares what is
 * typed with what is kept. Case, accents, and letters that Unicode does not take apart make no
 * difference; nor does the script of a digit.
 */

/** Letters without a decomposition in Unicode, as people type them who do not have them. */
const LETTERS: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  œ: 'oe',
  þ: 'th',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  ð: 'd',
  ı: 'i',
  ħ: 'h',
  ŧ: 't',
  ŋ: 'n',
  ĸ: 'k',
  ə: 'e',
  ɨ: 'i',
  ʉ: 'u',
  ƀ: 'b',
  ǥ: 'g',
  ƶ: 'z',
  ɓ: 'b',
  ɗ: 'd',
  ƙ: 'k',
  ƴ: 'y',
  ɛ: 'e',
  ɔ: 'o',
  ς: 'σ',
  ґ: 'г',
};
const UNDECOMPOSED = new RegExp(`[${Object.keys(LETTERS).join('')}]`, 'gu');

/**
 * A text as searches compare it: small letters without accents, digits in ASCII, nothing invisible. It
 * may have another length than the text.
 */
export function fold(text: string): string {
  const named = text.includes('--') ? fromPunycode(text) : text;
  if (!/\P{ASCII}/u.test(named)) return named.toLowerCase();
  return asciiDigits(
    named
      .toLowerCase()
      .normalize('NFKD')
      .replace(/[\p{M}\p{Default_Ignorable_Code_Point}]/gu, ''),
  ).replace(UNDECOMPOSED, (letter) => LETTERS[letter] ?? letter);
}

/** What may group digits: spaces, hyphens, dots, commas, apostrophes, slashes, brackets. */
const BETWEEN_DIGITS = /(?<=[0-9])[\s\p{Pd}\u2212.,'’·•/()[\]]{1,3}(?=[0-9])/gu;

/** A folded text with its digits side by side, however they were grouped. */
export function joinDigits(folded: string): string {
  return folded.replace(BETWEEN_DIGITS, '');
}

/** Apostrophes as keyboards and phones write them, and letters that look like one. */
const APOSTROPHES = /[\u2018\u2019\u02b9\u02bb\u02bc\u2032`´]/gu;

/** A text folded for `finder`, where signs count too: one apostrophe, one hyphen, one space. */
function foldSigns(text: string): string {
  return fold(text.replace(APOSTROPHES, "'"))
    .replace(/[\p{Pd}\u2212]/gu, '-')
    .replace(/\s+/g, ' ');
}

/**
 * Looks for a part of texts, both folded and digits grouped in any way.
 *
 * @returns whether a text has it; an empty query is in every text
 */
export function finder(query: string): (text: string) => boolean {
  const wanted = foldSigns(query).trim();
  const joined = joinDigits(wanted);
  const hasDigits = /[0-9][^\p{L}]*[0-9]/u.test(wanted);
  return (text) => {
    const folded = foldSigns(text);
    return folded.includes(wanted) || (hasDigits && joinDigits(folded).includes(joined));
  };
}
