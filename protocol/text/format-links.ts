/**
 * What a link's text may say. A text that looks like an address must lead to that address; where it
 * does not, apps show the real one beside it.
 */

/** Characters that reorder the text around them: embeddings, overrides and isolates of UAX #9. */
const REORDERING = /[\u202a-\u202e\u2066-\u2069]/g;
/** What takes no room, or so little that letters on both sides read as one word. */
const NARROW = /[\p{Default_Ignorable_Code_Point}\u1680\u2000-\u200a\u202f\u205f]/gu;

/** A text in the order in which it is written. */
export const inOrder = (text: string) => text.replace(REORDERING, '');

const WORD = '\\p{L}\\p{M}\\p{N}';
/** Signs between two letters or digits, and signs at the beginning of a word. */
const BETWEEN = new RegExp(`(?<=[${WORD}])[^${WORD}\\s]+(?=[${WORD}])`, 'gu');
const BEFORE = new RegExp(`(?<=^|\\s)[^${WORD}\\s]+(?=[${WORD}])`, 'gu');
/** Those that stand there in ordinary words, as in R&D, don't, (see below) and #12. */
const JOINING = /^['’&_+()"*`\p{Pd}]+$/u;
const OPENING = /^[\p{Ps}\p{Pi}\p{Pf}\p{Sc}\p{Pd}\p{Extended_Pictographic}"'#&+*_~¿¡`]+$/u;
/** A dot, a space, and a word in small letters: no new sentence. */
const LOOSE_DOT = /[.。]\s+\p{Ll}/u;
const LATIN = /\p{Script=Latin}/u;
/** Letters of European languages and digits; the rest of the script has letters like `ǃ` and `ꞏ`. */
const LATIN_WORD = /^[A-Za-z0-9\u00c0-\u01ba\u01bc-\u01bf\u01c4-\u024f\u1e00-\u1eff\p{Mn}]+$/u;
const WORDS = new RegExp(`[${WORD}]+`, 'gu');

/**
 * Whether a text could be taken for an address: for anything that signs hold together, as a dot, a slash, a
 * colon or an @ does, in whatever script or shape; for `www`; for words that mix Latin letters with
 * others; for what is reordered. Takes more for an address than is one.
 */
export function looksLikeAddress(text: string): boolean {
  if (inOrder(text) !== text) return true;
  const plain = text.replace(NARROW, '').normalize('NFKC').replace(NARROW, '');
  return (
    (plain.match(BETWEEN) ?? []).some((signs) => !JOINING.test(signs)) ||
    (plain.match(BEFORE) ?? []).some((signs) => !OPENING.test(signs)) ||
    LOOSE_DOT.test(plain) ||
    /\bwww/i.test(plain) ||
    (plain.match(WORDS) ?? []).some((word) => LATIN.test(word) && !LATIN_WORD.test(word))
  );
}

/** Scheme and host as they are typed, when nothing else can be read as the host. */
const TYPED_HOST = /^https?:\/\/([a-z\d.-]+)(?::\d+)?(?=[/?#]|$)/i;
const PRINTABLE = /^[!-~]+$/;
const MAIL = 'mailto:';

/** Whether an address says by itself where it leads: not `https://bank.example@evil.example`. */
function isPlain(address: string, url: URL): boolean {
  if (url.protocol === MAIL) return PRINTABLE.test(address) && address.split('@').length <= 2;
  return TYPED_HOST.exec(address)?.[1]?.toLowerCase() === url.hostname && !url.username;
}

const withoutScheme = (url: URL) =>
  url.host + url.pathname.replace(/\/$/, '') + url.search + url.hash;

/** Where a link really leads, as short as it can be told from others: the host, or who gets the mail. */
function realAddress(url: URL): string {
  if (url.protocol !== MAIL) return url.host;
  return /[?&](?:to|cc|bcc)=/i.test(url.search) ? url.pathname + url.search : url.pathname;
}

/**
 * What has to be shown beside an address that is its own text; null where it speaks for itself.
 *
 * @param href a valid address, as it was typed
 */
export function besideAddress(href: string): string | null {
  const url = new URL(href);
  return isPlain(href, url) ? null : realAddress(url);
}

/**
 * What has to be shown beside the text of a link; null where the text is words, or the very address.
 *
 * @param href a valid address, as it was typed
 * @param around the text with a few characters on both sides, which may complete an address
 */
export function besideText(href: string, text: string, around: string): string | null {
  if (!looksLikeAddress(text) && !looksLikeAddress(around)) return null;
  const url = new URL(href);
  const real = realAddress(url);
  if (url.protocol === MAIL) {
    return text.toLowerCase() === real.toLowerCase() && isPlain(href, url) ? null : real;
  }
  const typed = `https://${text}`;
  if (!PRINTABLE.test(typed) || !URL.canParse(typed)) return real;
  const named = new URL(typed);
  if (!isPlain(typed, named) || named.host !== url.host) return real;
  // The same site, but another page of it.
  return withoutScheme(named) === withoutScheme(url) ? null : withoutScheme(url);
}
