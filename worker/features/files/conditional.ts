/** Conditional requests and ranges (RFC 9110, sections 13 and 14), for answers that have an etag. */

const ENTITY_TAG = /^(?:W\/)?"([\x21\x23-\x7e\x80-\xff]*)"$/;

/**
 * Whether the reader's copy is still right, so that 304 is the answer. What is no list of entity
 * tags matches nothing.
 *
 * @param etag as the answer bears it, with its quotes
 * @param modified when the content was written; undefined where that is not known
 */
export function isUnchanged(headers: Headers, etag: string, modified?: Date): boolean {
  const tags = headers.get('if-none-match');
  if (tags !== null) {
    if (tags.trim() === '*') return true;
    const opaque = opaqueOf(etag);
    // Compared weakly: W/"a" and "a" are the same.
    return tags.split(',').some((tag) => opaque !== null && opaqueOf(tag.trim()) === opaque);
  }
  const since = Date.parse(headers.get('if-modified-since') ?? '');
  if (Number.isNaN(since) || !modified) return false;
  // HTTP's dates are in whole seconds.
  return Math.floor(modified.getTime() / 1000) * 1000 <= since;
}

const opaqueOf = (tag: string) => ENTITY_TAG.exec(tag)?.[1] ?? null;

export type Extent = { offset: number; length: number };

/**
 * The part that is asked for. `whole` where none is, where several are, and where the header cannot
 * be read, as a server may; `unsatisfiable` for a part that begins where there is nothing.
 *
 * @param size bytes in all
 */
export function rangeOf(
  headers: Headers,
  etag: string,
  size: number,
): Extent | 'whole' | 'unsatisfiable' {
  const ifRange = headers.get('if-range');
  if (ifRange !== null && ifRange !== etag) return 'whole';
  const [, first, last] = /^bytes=\s*(\d*)-(\d*)\s*$/i.exec(headers.get('range') ?? '') ?? [];
  if (first === undefined || last === undefined || first + last === '') return 'whole';
  if (first === '') {
    const length = Math.min(Number(last), size);
    return length === 0 ? 'unsatisfiable' : { offset: size - length, length };
  }
  const offset = Number(first);
  const end = last === '' ? size : Math.min(Number(last) + 1, size);
  if (last !== '' && Number(last) < offset) return 'whole';
  return offset >= size ? 'unsatisfiable' : { offset, length: end - offset };
}
