import { type Accessor, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js';
import { createRowHeights } from './row-heights.ts';

/** Rows within so many pixels above and below the visible part are rendered. */
const AROUND = 600;

/**
 * Renders part of a long list: the visible rows, some around them, and the focused row wherever it
 * is. Rows that are added or grow above the visible part do not move it.
 */
export function createListWindow(
  ids: Accessor<readonly string[]>,
  /**
   * The kind of a row. Rows of a kind are assumed to be equally high. Called untracked, for
   * thousands of rows.
   */
  kindOf: (id: string) => number,
  scroller: Accessor<HTMLElement | undefined>,
) {
  const heights = createRowHeights();
  const [measured, setMeasured] = createSignal(0);
  const [view, setView] = createSignal({ top: 0, height: innerHeight });
  const [focused, setFocused] = createSignal<string | null>(null);

  /** The offset of each row in pixels; the last is the height of the list. */
  const tops = createMemo(() => {
    measured();
    const all = ids();
    const offsets = new Float64Array(all.length + 1);
    let top = 0;
    for (const [index, id] of all.entries()) {
      offsets[index] = top;
      top += heights.of(id, kindOf(id));
    }
    offsets[all.length] = top;
    return offsets;
  });
  const topOf = (index: number) => tops()[index] ?? 0;

  const places = createMemo(() => new Map(ids().map((id, index) => [id, index])));

  /** The index of the row at an offset. */
  function rowAt(height: number): number {
    let [low, high] = [0, tops().length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (topOf(middle) <= height) low = middle;
      else high = middle - 1;
    }
    return low;
  }

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
      let changed = false;
      for (const { target, borderBoxSize } of entries) {
        const id = rowOf.get(target);
        const height = borderBoxSize[0]?.blockSize ?? 0;
        if (id === undefined) continue;
        changed = heights.take(id, kindOf(id), height) || changed;
      }
      if (!changed) return;
      setMeasured((times) => times + 1);
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
