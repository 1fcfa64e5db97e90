import { MAX_EMAIL_LENGTH } from '../limits.ts';
import { fromPunycode } from './punycode.ts';

/**
 * The one rule for e-mail addresses, in browsers and in the Worker: what a mail can be sent to. It is
 * wider than RFC 5321, because mail providers gave out addresses such as `abc..def@phone.example`, and
 * it takes the letters of all scripts (RFC 6531). Quoted local parts and bare IP addresses are refused.
 */

const LETTER = String.raw`\p{L}\p{M}\p{N}`;
/** Signs that some scripts write inside a name (RFC 5892, appendix A). */
const LABEL = String.raw`[\p{L}\p{N}](?:[${LETTER}\u00b7\u200c\u200d\u30fb-]{0,61}[${LETTER}])?`;
/** RFC 3490, 3.1: each of these separates the labels of a domain. */
const DOT = '[.\u3002\uff0e\uff61]';
const EMAIL = new RegExp(
  String.raw`^[^\s\p{Cc}\p{Cs}\p{Default_Ignorable_Code_Point}"(),:;<>@[\]\\]{1,64}@(?:${LABEL}${DOT})+(?!\p{N}+$)(?!.$)${LABEL}$`,
  'u',
);

/** What comes along at the ends of an address that was copied: a space or an invisible character. */
const AROUND = /[\s\p{Default_Ignorable_Code_Point}]/u;

/**
 * An address without what was copied around it, otherwise as it was given. It takes time in proportion
 * to the text, which nobody has measured yet: a pattern for the end would begin at each space.
 */
export function trimEmail(text: string): string {
  const characters = [...text];
  const isOwn = (character: string) => !AROUND.test(character);
  const end = characters.findLastIndex(isOwn) + 1;
  return characters
    .slice(0, end)
    .slice(Math.max(0, characters.findIndex(isOwn)))
    .join('');
}

/** Whether a mail can be sent to the address; nothing may stand around it. */
export function isEmail(text: string): boolean {
  return text.length <= MAX_EMAIL_LENGTH && EMAIL.test(text);
}

/**
 * An address in the one form in which two are compared: small letters, and the domain in the letters of
 * its own script. `IVAN@xn--80a1acny.xn--p1ai` and `ivan@почта.рф` are the same, and so are
 * `ada@ｓｈｏｐ。example` and `ada@shop.example`: mail goes to the compatible form of a domain (UTS #46).
 */
export function canonicalEmail(text: string): string {
  const at = text.lastIndexOf('@') + 1;
  const domain = fromPunycode(text.slice(at))
    .normalize('NFKC')
    .replace(/\u3002/g, '.');
  return `${text.slice(0, at).normalize('NFC')}${domain}`.toLowerCase();
}
