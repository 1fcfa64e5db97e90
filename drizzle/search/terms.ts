import type { IndexedText } from '../../protocol/resources/search.ts';
import { isPhone, LOCAL_DIGITS, significantDigits } from '../../protocol/text/phone.ts';
import { formerSpellings } from './former-words.ts';
import type { Phrase } from './query.ts';
import { wordsOf } from './words.ts';

/**
 * What the index holds and is asked. Each word begins with whose it is and what it is of: a tenant's
 * words stand side by side in the index, so that what a search reads is in proportion to the tenant's
 * own hits, the beginnings of words included, and a query that forgot the tenant finds nothing (P6).
 */

/**
 * Words of messages, of notes, and of the customer; the digits of the
 * customer's phone number, and the same from the last one to the first. Documents that were written
 * before notes had a field of their own have their words among those of messages.
 */
export type Field = 'message' | 'note' | 'customer' | 'phone' | 'phone_end';
const FIELDS: Record<Field, string> = {
  message: 'm',
  note: 'n',
  customer: 'c',
  phone: 'p',
  phone_end: 'r',
};

/** The last ten digits of an id, which are random; two tenants with the same are told apart later. */
function prefixOf(organizationId: string, field: Field): string {
  return `${organizationId.replaceAll('-', '').slice(-10)}${FIELDS[field]}`;
}

/** Words of a document, at most; beyond that the last ones are not found. */
const MAX_WORDS = 60_000;
/** Places of a word that Postgres keeps (postgresql.org/docs/current/textsearch-limitations.html). */
const MAX_PLACES = 255;
const LAST_PLACE = 16_383;

/** Which notation: that of FTS5, or that of tsvector. */
type Kind = 'd1' | 'postgres';

/** The document's words, as the database wants them. */
export function documentTerms(
  kind: Kind,
  organizationId: string,
  { texts, customer }: { texts: readonly IndexedText[]; customer: readonly (string | null)[] },
): string {
  const terms = [
    ...customer.flatMap((text) => prefixed(organizationId, 'customer', text ?? '')),
    ...customer.flatMap((text) => phoneTerms(organizationId, text ?? '')),
    ...texts.flatMap(({ text, note }) => prefixed(organizationId, note ? 'note' : 'message', text)),
  ].slice(0, MAX_WORDS);
  return kind === 'postgres' ? tsvector(terms) : terms.join(' ');
}

/**
 * What asks the index for all phrases, each in one of the fields. Notes have had a field for as long as
 * there is the one folding, and so no former spellings.
 */
export function queryTerms(
  kind: Kind,
  organizationId: string,
  fields: readonly Field[],
  phrases: readonly Phrase[],
): string {
  const queries = phrases.map(({ words, prefix: goesOn, joined, former }) => {
    const now = joined ? [words, [joined]] : [words];
    const then = [...(former ? [former] : []), ...formerSpellings(words)];
    return anyOf(
      kind,
      fields.flatMap((field) => {
        const prefix = prefixOf(organizationId, field);
        const spellings = field === 'note' ? now : [...now, ...then];
        return spellings.map((some) => {
          const terms = some.map((word) => `${prefix}${word}`);
          return sideBySide(kind, terms, goesOn);
        });
      }),
    );
  });
  return queries.join(kind === 'postgres' ? ' & ' : ' AND ');
}

/** Digits of the country's code that one spelling of a number may have and the other not. */
const COUNTRY_DIGITS = [1, 2, 3];

/**
 * What asks the index for customers by a phone number: by its first digits and by its last ones, so
 * that it is found with and without the country's code. Null where the text is no number of
 * `LOCAL_DIGITS` or more.
 */
export function phoneQuery(kind: Kind, organizationId: string, text: string): string | null {
  const digits = isPhone(text) ? significantDigits(text) : '';
  if (digits.length < LOCAL_DIGITS) return null;
  const start = `${prefixOf(organizationId, 'phone')}${digits}`;
  const end = `${prefixOf(organizationId, 'phone_end')}${reversed(digits)}`;
  return anyOf(kind, [
    sideBySide(kind, [start], true),
    sideBySide(kind, [end], true),
    ...COUNTRY_DIGITS.filter((more) => digits.length - more >= LOCAL_DIGITS).map((more) =>
      sideBySide(kind, [end.slice(0, -more)], false),
    ),
  ]);
}

/** What finds a document that fits one of several questions. */
export function anyOf(kind: Kind, queries: readonly string[]): string {
  return queries.length === 1
    ? (queries[0] ?? '')
    : `(${queries.join(kind === 'postgres' ? ' | ' : ' OR ')})`;
}

function sideBySide(kind: Kind, terms: readonly string[], goesOn: boolean): string {
  if (kind !== 'postgres') return `"${terms.join(' ')}"${goesOn ? ' *' : ''}`;
  return `${terms.map((term) => `'${term}'`).join(' <-> ')}${goesOn ? ':*' : ''}`;
}

function phoneTerms(organizationId: string, text: string): string[] {
  const digits = isPhone(text) ? significantDigits(text).slice(0, MAX_DIGITS) : '';
  if (digits.length < LOCAL_DIGITS) return [];
  return [
    `${prefixOf(organizationId, 'phone')}${digits}`,
    `${prefixOf(organizationId, 'phone_end')}${reversed(digits)}`,
  ];
}

/** More than any number has: E.164 allows 15. */
const MAX_DIGITS = 40;

const reversed = (digits: string) => [...digits].reverse().join('');

function prefixed(organizationId: string, field: Field, text: string): string[] {
  const prefix = prefixOf(organizationId, field);
  return wordsOf(text).map((word) => `${prefix}${word.text}`);
}

/** In Postgres' own notation: its parser would have other ideas of what a word is. */
function tsvector(terms: readonly string[]): string {
  const places = new Map<string, number[]>();
  for (const [index, term] of terms.entries()) {
    const positions = places.get(term);
    const place = Math.min(index + 1, LAST_PLACE);
    if (!positions) places.set(term, [place]);
    else if (positions.length < MAX_PLACES && positions.at(-1) !== place) positions.push(place);
  }
  return [...places].map(([term, positions]) => `'${term}':${positions.join()}`).join(' ');
}
