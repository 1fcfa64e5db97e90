/** Emoji, and the letters that make up flags (Extended_Pictographic, Regional_Indicator). */
const PICTOGRAPHS = /[\p{ExtPict}\p{RI}]/u;
const WORDS = /[\p{L}\p{N}\p{P}]/u;

/** Whether a text consists of a few emoji only, which are shown large. */
export function isEmojiOnly(text: string): boolean {
  return text.length < 25 && PICTOGRAPHS.test(text) && !WORDS.test(text);
}
