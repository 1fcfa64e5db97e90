/** Pictures, and the letters of which flags are made (Extended_Pictographic, Regional_Indicator). */
const PICTOGRAPHS = /[\p{ExtPict}\p{RI}]/u;
const WORDS = /[\p{L}\p{N}\p{P}]/u;

/** Whether a text is nothing but a few emoji, which are then shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length < 25 && PICTOGRAPHS.test(text) && !WORDS.test(text);
}
