import { asciiDigits } from './fold.ts';

/**
 * The one rule for phone numbers. A number is kept as it was typed; it is found and dialled by its
 * digits, however they are grouped and in whatever script they are written.
 */

/** What telephones and address books copy along: directions of writing, joiners, soft hyphens. */
const INVISIBLE = /[\p{Default_Ignorable_Code_Point}\p{Cc}]/gu;

/** What introduces an extension, in the languages that the widget speaks. */
const EXTENSION = String.raw`(?:;?ext(?:n|ension)?|x|доб|вн|int|poste|dw|wew|内線|转|轉|分機)[.:=]?\s*`;
const PHONE = new RegExp(
  String.raw`^(?:tel[.:]?\s*)?(?=.*\d)[\d\s+()[\]./\p{Pd}\u2212\uff0b*#,;'’·•~_]+(?:${EXTENSION}[\d\s#]*\d)?$`,
  'iu',
);

/** Whether the text is a phone number as people write them. */
export function isPhone(text: string): boolean {
  return PHONE.test(plain(text));
}

/** Its digits in ASCII, the extension's aside: without an international prefix's zeros and a trunk's `(0)`. */
export function phoneDigits(text: string): string {
  const [number = ''] = plain(text).split(new RegExp(EXTENSION, 'iu'));
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
  const international = /^(?:tel[.:]?)?[\s([]*(?:[+\uff0b]|00)/iu.test(plain(text));
  return `${international ? '+' : ''}${phoneDigits(text)}`;
}

function plain(text: string): string {
  return asciiDigits(text.replace(INVISIBLE, '')).trim();
}
