import { type Accessor, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js';

/** Rows within so many pixels above and below the visible part are rendered. */
const AROUND = 600;

/** The height of a row in pixels until one was measured: 3.75rem. */
const ROW = 60;

/**
 * Renders part of a long list: the visible rows, some around them, and the focused row wherever it
 * is. All rows are equally high, so that thousands of them cost no more than a few. Rows that are
 * added above the visible part do not move it.
 */
export function createListWindow(
  ids: Accessor<readonly string[]>,
  scroller: Accessor<HTMLElement | undefined>,
) {
  /** As measured: it follows the reader's size of text. */
  const [rowHeight, setRowHeight] = createSignal(ROW);
  const [view, setView] = createSignal({ top: 0, height: innerHeight });
  const [focused, setFocused] = createSignal<string | null>(null);

  /** Pixels from the top of the list to a row; of the index after the last one, its height. */
  const topOf = (index: number) => index * rowHeight();
  const rowAt = (top: number) => Math.max(0, Math.floor(top / rowHeight()));

  const places = createMemo(() => new Map(ids().map((id, index) => [id, index])));

  const shown = createMemo(
    () => {
      const { top, height } = view();
      const all = ids();
      const first = rowAt(top - AROUND);
      const last = Math.min(all.length - 1, rowAt(top + height + AROUND));
      const indexes = new Map<string, number>();
      const focusedIndex = places().get(focused() ?? '') ?? -1;
      if (focusedIndex !== -1 && focusedIndex < first)
        indexes.set(all[focusedIndex] ?? '', focusedIndex);
      for (let index = first; index <= last; index += 1) indexes.set(all[index] ?? '', index);
      if (focusedIndex > last) indexes.set(all[focusedIndex] ?? '', focusedIndex);
      return indexes;
    },
    undefined,
    { equals: (a, b) => a.size === b.size && [...a].every(([id, index]) => b.get(id) === index) },
  );

  /** The visible rows when they were last measured, and their offsets. */
  let rowsInView: ReadonlyMap<string, number> = new Map();

  function look(): void {
    const element = scroller();
    if (!element) return;
    const { scrollTop: top, clientHeight: height } = element;
    const before = untrack(view);
    if (top !== before.top || height !== before.height) setView({ top, height });
    rowsInView = untrack(measureRowsInView);
  }

  function measureRowsInView(): Map<string, number> {
    const { top, height } = view();
    const offsets = new Map<string, number>();
    for (const [id, index] of shown()) {
      const at = topOf(index);
      if (at >= top && at < top + height) offsets.set(id, at);
    }
    return offsets;
  }

  /**
   * How far most of the visible rows have moved. A single row that moved to the top does not count.
   */
  function shift(): number {
    const moves = [...rowsInView]
      .flatMap(([id, at]) => {
        const index = places().get(id);
        return index === undefined ? [] : [topOf(index) - at];
      })
      .sort((a, b) => a - b);
    return moves[moves.length >> 1] ?? 0;
  }

  function scrollTo(top: number): void {
    const element = scroller();
    if (element) element.scrollTop = top;
    look();
  }

  /**
   * After a change of the rows: keeps the scroll position, or stays at the top to show new rows.
   */
  function settle(): void {
    const { top, height } = untrack(view);
    const by = top > 0 ? untrack(shift) : 0;
    if (by !== 0) scrollTo(top + by);
    // A list that has become shorter than what was seen of it is seen elsewhere.
    else if (top + height > untrack(() => topOf(ids().length))) look();
    else rowsInView = untrack(measureRowsInView);
  }

  let resized: ResizeObserver | undefined;
  const rowOf = new WeakMap<Element, string>();
  onMount(() => {
    const element = scroller();
    if (!element) return;
    resized = new ResizeObserver((entries) => {
      look();
      const measured = entries.find(({ target }) => rowOf.has(target));
      const height = measured?.borderBoxSize[0]?.blockSize ?? 0;
      if (height === 0 || height === rowHeight()) return;
      setRowHeight(height);
      settle();
    });
    resized.observe(element);
    look();
    onCleanup(() => resized?.disconnect());
  });

  return {
    /** The height of the list in pixels. */
    height: () => topOf(ids().length),
    /** The rendered rows in order, each with its index. */
    shown,
    topOf,
    settle,
    /** For the scroller: reports the visible part. */
    onScroll: look,
    /** For the list: keeps the focused row rendered, wherever the list is scrolled to. */
    onFocusIn({ target }: FocusEvent): void {
      const row = target instanceof Element ? target.closest('li') : null;
      setFocused(row ? (rowOf.get(row) ?? null) : null);
    },
    onFocusOut: () => setFocused(null),
    /** For each row: measures it while it is rendered. */
    measure(element: HTMLElement, id: string): void {
      rowOf.set(element, id);
      onMount(() => resized?.observe(element));
      onCleanup(() => resized?.unobserve(element));
    },
    /** Renders a row and scrolls it into view. */
    reveal(id: string): void {
      const index = places().get(id);
      if (index === undefined) return;
      const { top, height } = view();
      const [from, to] = [topOf(index), topOf(index + 1)];
      if (from < top) scrollTo(from);
      else if (to > top + height) scrollTo(to - height);
    },
  };
}
