import { type Accessor, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js';

/** Pixels above and below what is seen in which rows are there, too. */
const AROUND = 600;

/** Pixels that a row is taken for until one was measured. */
const ROW = 84;

/**
 * The part of a long list that is in the page: the rows in sight and some around them, and the one
 * with the focus wherever it is. What comes in or grows above what is read moves nothing.
 */
export function createListWindow(
  ids: Accessor<readonly string[]>,
  scroller: Accessor<HTMLElement | undefined>,
) {
  const heights = new Map<string, number>();
  let usual = ROW;
  const [measured, setMeasured] = createSignal(0);
  const [view, setView] = createSignal({ top: 0, height: innerHeight });
  const [focused, setFocused] = createSignal<string | null>(null);

  /** Where each row begins; the last is the end of all. */
  const tops = createMemo(() => {
    measured();
    const all = ids();
    const found = new Float64Array(all.length + 1);
    let top = 0;
    for (const [index, id] of all.entries()) {
      found[index] = top;
      top += heights.get(id) ?? usual;
    }
    found[all.length] = top;
    return found;
  });
  const topOf = (index: number) => tops()[index] ?? 0;

  /** The row that stands at a height. */
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
      const found = new Map<string, number>();
      const kept = all.indexOf(focused() ?? '');
      if (kept !== -1 && kept < first) found.set(all[kept] ?? '', kept);
      for (let index = first; index <= last; index += 1) found.set(all[index] ?? '', index);
      if (kept > last) found.set(all[kept] ?? '', kept);
      return found;
    },
    undefined,
    { equals: (a, b) => a.size === b.size && [...a].every(([id, index]) => b.get(id) === index) },
  );

  function look(): void {
    const element = scroller();
    if (!element) return;
    const { scrollTop: top, clientHeight: height } = element;
    const before = untrack(view);
    if (top !== before.top || height !== before.height) setView({ top, height });
  }

  function scrollTo(top: number): void {
    const element = scroller();
    if (element) element.scrollTop = top;
    look();
  }

  /** Where the rows in sight are, from where they are seen. */
  function inSight(): Map<string, number> {
    const { top, height } = view();
    const found = new Map<string, number>();
    for (const [id, index] of shown()) {
      const at = topOf(index);
      if (at >= top && at < top + height) found.set(id, at - top);
    }
    return found;
  }

  /** How far most of the rows that were in sight have moved: one that left for the top takes none along. */
  function shift(before: ReadonlyMap<string, number>): number {
    const { top } = view();
    const all = new Map(ids().map((id, index) => [id, index]));
    const moves = [...before]
      .flatMap(([id, at]) => {
        const index = all.get(id);
        return index === undefined ? [] : [topOf(index) - top - at];
      })
      .sort((a, b) => a - b);
    return moves[moves.length >> 1] ?? 0;
  }

  let sight: ReadonlyMap<string, number> = new Map();
  /** After a change of the rows: the reader stays where they were, and at the top sees what is new. */
  function settle(): void {
    const { top } = untrack(view);
    const by = top > 0 ? untrack(() => shift(sight)) : 0;
    if (by !== 0) scrollTo(top + by);
    sight = untrack(inSight);
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
        if (id === undefined || height === 0 || heights.get(id) === height) continue;
        heights.set(id, height);
        usual = height;
        changed = true;
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
    /** Pixels of the whole list. */
    height: () => topOf(ids().length),
    /** The rows that are in the page, in order, each with its index. */
    shown,
    topOf,
    settle,
    /** For the scroller: which part is seen. */
    onScroll(): void {
      look();
      sight = untrack(inSight);
    },
    /** For the list: the row with the focus stays, wherever the list is scrolled to. */
    onFocusIn({ target }: FocusEvent): void {
      const row = target instanceof Element ? target.closest('li') : null;
      setFocused(row ? (rowOf.get(row) ?? null) : null);
    },
    onFocusOut: () => setFocused(null),
    /** For each row: measured as long as it is there. */
    measure(element: HTMLElement, id: string): void {
      rowOf.set(element, id);
      onMount(() => resized?.observe(element));
      onCleanup(() => resized?.unobserve(element));
    },
    /** Brings a row into the page and into sight. */
    reveal(id: string): void {
      const index = ids().indexOf(id);
      if (index === -1) return;
      const { top, height } = view();
      const [from, to] = [topOf(index), topOf(index + 1)];
      if (from < top) scrollTo(from);
      else if (to > top + height) scrollTo(to - height);
    },
  };
}
