/** The two rules for every text that a person types: whether it is empty, and how long it is. */

/**
 * A character that can be seen: no space, no control character, and none that Unicode wants left out
 * where a font does not know it (DI, Default_Ignorable_Code_Point). U+2800 is the blank of Braille,
 * U+1D159 a note of music without a head; U+FFF9 to U+FFFC hold the place of what is not in a text.
 */
const VISIBLE = /[^\s\p{Cc}\p{DI}\u2800\ufff9-\ufffc\u{1d159}]/u;

/**
 * Whether nothing of the text can be seen: it has no characters, or only spaces, line ends and
 * invisible ones, such as U+200B, U+00AD and U+3164. An emoji with a joiner in it is not empty.
 */
export function isEmpty(text: string): boolean {
  return !VISIBLE.test(text);
}

/**
 * A text's length as every limit means it: its code points. So JSON Schema counts `maxLength`, and so
 * does zod. An emoji of two UTF-16 units is one; one that is joined of several has one for each.
 */
export function lengthOf(text: string): number {
  return [...text].length;
}
