import { type Accessor, createEffect, createMemo, createSignal } from 'solid-js';

/** The actions for selected rows. */
export type BulkAction = 'assign' | 'label' | 'snooze' | 'close';

/**
 * The selected rows of the list. `focused` is the row with the keyboard focus, unless it is the
 * open conversation: keys act on it while nothing is selected.
 */
export function createSelection(
  ids: Accessor<readonly string[]>,
  focused: Accessor<string | undefined>,
) {
  const [chosen, setChosen] = createSignal<ReadonlySet<string>>(new Set());
  /** The action requested by a key. The bar runs it. */
  const [requested, setRequested] = createSignal<BulkAction | null>(null);
  /** The start of a range. */
  let anchor: string | null = null;
  /**
   * The row that was selected by an action's key, not by the person. The next key can replace it.
   */
  let selectedByKey: string | null = null;

  // Rows that left the list are not selected any more.
  createEffect(() => {
    if (chosen().size === 0) return;
    const listed = new Set(ids());
    const left = [...chosen()].filter((id) => listed.has(id));
    if (left.length < chosen().size) setChosen(new Set(left));
  });
  /** The selected ids, in the order of the list. */
  const selected = createMemo(() => ids().filter((id) => chosen().has(id)));

  function toggle(id: string): void {
    const next = new Set(chosen());
    if (!next.delete(id)) next.add(id);
    anchor = id;
    selectedByKey = null;
    setChosen(next);
  }

  /** The ids that a key acts on: the selected rows, or else the focused row. */
  function targets(): readonly string[] {
    const all = selected();
    const byKey = selectedByKey !== null && all.every((id) => id === selectedByKey);
    const row = focused();
    return row !== undefined && (all.length === 0 || byKey) ? [row] : all;
  }

  /** Selects the rows from the last chosen one to this one. */
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
    /** Whether a key acts on rows of the list. */
    canTake: () => targets().length > 0,
    /**
     * If a key acts on rows of the list, selects them and requests the action. Returns whether it
     * did.
     */
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
