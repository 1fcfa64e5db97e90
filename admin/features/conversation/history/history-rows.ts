/** A message's row in the history. Rows are in the order of their seq, from top to bottom. */
export type Row<Element extends Boxed = Boxed> = { seq: number; element: Element };

type Boxed = { getBoundingClientRect(): Pick<DOMRect, 'top' | 'bottom' | 'height'> };

/** The rows currently in an element. */
export function rowsIn(content: HTMLElement | undefined): Row<HTMLElement>[] {
  const all = content?.querySelectorAll<HTMLElement>('[data-seq]') ?? [];
  return [...all].map((element) => ({ seq: Number(element.dataset.seq), element }));
}

/**
 * The first index at which `isTrue` is true, by binary search: it must stay true from there on. The
 * length if there is none.
 */
function firstIndex(rows: readonly Row[], isTrue: (row: Row) => boolean): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    const row = rows[middle];
    if (row && isTrue(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/**
 * The row of a message. If it has none, as events, the row before it, or else the first row.
 */
export function lastUpTo<One extends Row>(rows: readonly One[], seq: number): One | undefined {
  return rows[Math.max(0, firstIndex(rows, (row) => row.seq > seq) - 1)];
}

/**
 * The first visible row: its seq, and its pixels from the top of the view, negative if it is cut
 * off. Null if no row is visible.
 *
 * @param top top of the view, in the coordinates of `getBoundingClientRect`
 */
export function readingPlace(
  rows: readonly Row[],
  top: number,
): { seq: number; offset: number } | null {
  const row = rows[firstIndex(rows, ({ element }) => element.getBoundingClientRect().bottom > top)];
  return row ? { seq: row.seq, offset: row.element.getBoundingClientRect().top - top } : null;
}
