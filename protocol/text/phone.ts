import { asciiDigits } from './digits.ts';

/**
 * The one rule for phone numbers. A number is kept as it was typed; it is found and dialled by its
 * digits, however they are grouped and in whatever script they are written.
 */

/** What telephones and address books copy along: directions of writing, joiners, soft hyphens. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** What introduces an extension, in the languages that the widget speaks. */
const EXTENSION =
  '(?:;?ext(?:n|ension)?|x|anexo|ramal|int(?:erno)?|poste|durchwahl|dw|wewn?|toestel|tst|ankn(?:ytning)?|linka|lokal|dahili|доб(?:авочный)?|вн(?:утр)?|дод|εσωτ|داخلی|داخلي|تحويلة|שלוחה|内線|分机|分機|转|轉|내선)[.:=：]{0,2}\\s*';
/** What some write before it: `Tel.: `, `Mobil `, `тел. `, and the scheme of a link. */
const NAME = '(?:(?:tel|mob|тел|моб)\\p{L}{0,12}[.:：]{0,2}\\s*)?';

let phone: RegExp | undefined;

/** Whether the text is a phone number as people write them. */
export function isPhone(text: string): boolean {
  // Here, so that code that only dials a number does not load the words.
  phone ??= new RegExp(
    `^${NAME}(?=.*\\d)[\\d\\s+()[\\]./\\p{Pd}\\u2212\\uff0b*#,;'’·•~_]+(?:${EXTENSION}[\\d\\s#]*\\d)?$`,
    'iu',
  );
  return phone.test(plain(text));
}

/**
 * Its digits in ASCII, the extension's aside, which begins with the first letter behind a digit: without
 * an international prefix's zeros and a trunk's `(0)`.
 */
export function phoneDigits(text: string): string {
  const [number = ''] = /^\D*[^\p{L}]*/u.exec(plain(text)) ?? [];
  return number
    .replace(/^\D*00(?=\D*[1-9])/u, '')
    .replace(/\(\s*0\s*\)/u, '')
    .replace(/\D/gu, '');
}

/** Digits from which on a number without its country's code is taken for the same one. */
export const LOCAL_DIGITS = 7;

/** The digits by which numbers are compared: those of `phoneDigits` without zeros in front. */
export function significantDigits(text: string): string {
  return phoneDigits(text).replace(/^0+/, '');
}

/** What a `tel:` link dials. */
export function dialled(text: string): string {
  const number = firstOf(plain(text));
  const international = /^[^\d+\uff0b]*(?:[+\uff0b]|00)/u.test(number);
  return `${international ? '+' : ''}${phoneDigits(number)}`;
}

/** The number that one call goes to: not a second one beside it, and nothing to be keyed in after a pause. */
function firstOf(text: string): string {
  return text.split(/(?<=(?:\d\D*){7})[,;]|(?<=\d\D*)[+\uff0b]/u)[0] ?? '';
}

function plain(text: string): string {
  return asciiDigits(text.replace(INVISIBLE, '')).trim();
}
