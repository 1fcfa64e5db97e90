import type { IndexedText } from '../../protocol/search.ts';
import type { Phrase } from './query.ts';
import { wordsOf } from './words.ts';

/**
 * What the index holds and is asked. Each word begins with whose it is and what it is of: a tenant's
 * words stand side by side in the index, so that what a search reads is in proportion to the tenant's
 * own hits, the beginnings of words included, and a query that forgot the tenant finds nothing (P6).
 */

/** Words of what was said, and of who the customer is. */
export type Field = 'message' | 'customer';
const FIELDS: Record<Field, string> = { message: 'm', customer: 'c' };

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
    ...texts.flatMap(({ text }) => prefixed(organizationId, 'message', text)),
  ].slice(0, MAX_WORDS);
  return kind === 'postgres' ? tsvector(terms) : terms.join(' ');
}

/** What asks the index for all phrases. */
export function queryTerms(
  kind: Kind,
  organizationId: string,
  field: Field,
  phrases: readonly Phrase[],
): string {
  const prefix = prefixOf(organizationId, field);
  return phrases
    .map(({ words, prefix: goesOn, joined }) => {
      const asked = (some: readonly string[]) => {
        const terms = some.map((word) => `${prefix}${word}`);
        if (kind !== 'postgres') return `"${terms.join(' ')}"${goesOn ? ' *' : ''}`;
        return `${terms.map((term) => `'${term}'`).join(' <-> ')}${goesOn ? ':*' : ''}`;
      };
      if (joined === undefined) return asked(words);
      return `(${asked(words)} ${kind === 'postgres' ? '|' : 'OR'} ${asked([joined])})`;
    })
    .join(kind === 'postgres' ? ' & ' : ' AND ');
}

function prefixed(organizationId: string, field: Field, text: string): string[] {
  const prefix = prefixOf(organizationId, field);
  return wordsOf(text).map((word) => `${prefix}${word.text}`);
}

/** In Postgres' own notation: its parser would have other ideas of what a word is. */
function tsvector(terms: readonly string[]): string {
  const places = new Map<string, number[]>();
  for (const [index, term] of terms.entries()) {
    const its = places.get(term);
    const place = Math.min(index + 1, LAST_PLACE);
    if (!its) places.set(term, [place]);
    else if (its.length < MAX_PLACES && its.at(-1) !== place) its.push(place);
  }
  return [...places].map(([term, its]) => `'${term}':${its.join()}`).join(' ');
}
