/** Whatever `parseFormat` could make something of. */
const MARKS = /[*_`]|https?:\/\/|mailto:|^[ \t]*(?:[-•]|\d+\.)[ \t]/im;

/**
 * Whether a text may hold formatting; without it `parseFormat` answers the text as it is, so that
 * nobody needs to load it. Apart from the parser for that reason.
 */
export function mayBeFormatted(text: string): boolean {
  return MARKS.test(text);
}
