import { finder } from '../../protocol/text/fold.ts';
import { isPhone, LOCAL_DIGITS, significantDigits } from '../../protocol/text/phone.ts';

/** What a list's own search compares of a row. */
type Texts = { texts: readonly (string | null)[]; phone: string | null };

/**
 * Looks for a part of a row's texts, folded, or of its phone number, by its digits. It compares here and
 * not in SQL, since the databases fold texts each in their own way, and D1 none but ASCII.
 */
export function rowFinder(q: string): (row: Texts) => boolean {
  const has = finder(q);
  const isCalled = phoneFinder(q);
  return ({ texts, phone }) =>
    texts.some((text) => text !== null && has(text)) ||
    (phone !== null && (has(phone) || isCalled(phone)));
}

/**
 * Looks for a phone number by three of its digits or more, however they are grouped, with the
 * country's code or without. Finds nothing where the query is no number.
 */
export function phoneFinder(q: string): (phone: string) => boolean {
  const digits = isPhone(q) ? significantDigits(q) : '';
  return (phone) => {
    if (digits.length <= 2) return false;
    const own = significantDigits(phone);
    return own.includes(digits) || (own.length >= LOCAL_DIGITS && digits.endsWith(own));
  };
}

/** Ids that are asked for at once: D1 binds 100 values. */
const AT_ONCE = 90;

/** The rows of some ids, in the order of the ids. */
export async function rowsOf<Row>(
  ids: readonly string[],
  read: (some: string[]) => Promise<Row[]>,
  idOf: (row: Row) => string,
): Promise<Row[]> {
  const parts: Promise<Row[]>[] = [];
  for (let from = 0; from < ids.length; from += AT_ONCE) {
    parts.push(read(ids.slice(from, from + AT_ONCE)));
  }
  const rows = new Map((await Promise.all(parts)).flat().map((row) => [idOf(row), row]));
  return ids.flatMap((id) => rows.get(id) ?? []);
}
