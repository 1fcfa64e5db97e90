import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js';

/** What can be done with all that is selected. */
export type BulkAction = 'assign' | 'label' | 'snooze' | 'close';

/**
 * Which rows of the list are selected, to be changed together. `focused` is the row that the keyboard is
 * on, unless it is the open conversation's: keys act on it while nothing is selected.
 */
export function createSelection(
  ids: Accessor<readonly string[]>,
  focused: Accessor<string | undefined>,
) {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  /** What a key asked to do with them; the bar does it. */
  const [requested, setRequested] = createSignal<BulkAction | null>(null);
  /** From where a range reaches. */
  let anchor: string | null = null;
  /** The row that a key selected, as opposed to a person: the next key may take another instead. */
  let selectedByKey: string | null = null;

  // What has left the list is selected no more: nobody sees it.
  createEffect(() => {
    if (chosen().size === 0) return;
    const listed = new Set(ids());
    const left = [...chosen()].filter((id) => listed.has(id));
    if (left.length < chosen().size) setChosen(new Set(left));
  });
  /** In the order of the list. */
  const selected = createMemo(() => ids().filter((id) => chosen().has(id)));

  function toggle(id: string): void {
    const next = new Set(chosen());
    if (!next.delete(id)) next.add(id);
    anchor = id;
    selectedByKey = null;
    setChosen(next);
  }

  /** What a key acts on: what a person selected, or else the row that has the focus. */
  function targets(): readonly string[] {
    const all = selected();
    const byKey = selectedByKey !== null && all.every((id) => id === selectedByKey);
    const row = focused();
    return row !== undefined && (all.length === 0 || byKey) ? [row] : all;
  }

  /** Everything from the last one that was chosen to this one. */
  function selectRange(id: string): void {
    const all = ids();
    const from = anchor === null ? -1 : all.indexOf(anchor);
    const to = all.indexOf(id);
    if (from === -1 || to === -1) {
      toggle(id);
      return;
    }
    const range = all.slice(Math.min(from, to), Math.max(from, to) + 1);
    setChosen(new Set([...chosen(), ...range]));
  }

  return {
    selected,
    has: (id: string) => chosen().has(id),
    any: () => selected().length > 0,
    toggle,
    selectRange,
    clear: () => setChosen(new Set<string>()),
    requested,
    setRequested,
    /** Whether `take` would act. */
    canTake: () => targets().length > 0,
    /** Whether the key is meant for rows of the list; then they are selected, and the bar acts. */
    take(action: BulkAction): boolean {
      const targetIds = targets();
      const [row] = targetIds;
      if (row === undefined) return false;
      if (targetIds.length === 1 && !chosen().has(row)) {
        selectedByKey = row;
        setChosen(new Set([row]));
      }
      setRequested(action);
      return true;
    },
  };
}

export type Selection = ReturnType<typeof createSelection>;
