import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js';
import type { Outcome } from '../../conversation/api.ts';

/** A conversation that an action was refused for, and why. */
export type Refused = Extract<Outcome, { ok: false }>;

/** The selected rows of the list, and what became of the last action on them. */
export function createSelection(ids: Accessor<readonly string[]>) {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = createSignal(false);
  const [refused, setRefused] = createSignal<readonly Refused[]>([]);
  /** The start of a range. */
  let anchor: string | null = null;
  /** What was selected before the range. */
  let besides: ReadonlySet<string> = new Set();

  function set(next: ReadonlySet<string>): void {
    setChosen(next);
    if (next.size === 0) setRefused([]);
  }

  // Rows that left the list are not selected any more.
  createEffect(() => {
    if (chosen().size === 0) return;
    const listed = new Set(ids());
    const left = [...chosen()].filter((id) => listed.has(id));
    if (left.length < chosen().size) set(new Set(left));
  });
  /** The selected ids, in the order of the list. */
  const selected = createMemo(() => ids().filter((id) => chosen().has(id)));

  function toggle(id: string): void {
    const next = new Set(chosen());
    if (!next.delete(id)) next.add(id);
    anchor = id;
    besides = next;
    set(next);
  }

  /** Selects the rows from the last chosen one to this one, instead of the last range. */
  function selectRange(id: string): void {
    const all = ids();
    const from = anchor === null ? -1 : all.indexOf(anchor);
    const to = all.indexOf(id);
    if (from === -1 || to === -1) {
      toggle(id);
      return;
    }
    const range = all.slice(Math.min(from, to), Math.max(from, to) + 1);
    set(new Set([...besides, ...range]));
  }

  return {
    selected,
    has: (id: string) => chosen().has(id),
    any: () => selected().length > 0,
    toggle,
    selectRange,
    /** Selects from one row to its neighbour, if nothing is selected; else extends the selection. */
    extend(from: string | undefined, to: string): void {
      if (from !== undefined && chosen().size === 0) toggle(from);
      selectRange(to);
    },
    clear: () => set(new Set<string>()),
    /** Whether an action on rows is under way. */
    busy,
    setBusy,
    /** What the last action was refused for. */
    refused,
    setRefused,
  };
}

export type Selection = ReturnType<typeof createSelection>;
