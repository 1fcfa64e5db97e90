/** What a key can act on: rows of the list, and the open conversation. */
type Places = {
  /** The selected rows, in the order of the list. */
  selected: readonly string[];
  /** The row with the keyboard focus. */
  focused: string | undefined;
  /** The open conversation. */
  open: string | undefined;
};

/**
 * The conversations that a key acts on: the selected rows, else the focused row, else the open
 * conversation. Empty if there is none of them.
 */
export function targetsOf({ selected, focused, open }: Places): readonly string[] {
  if (selected.length > 0) return selected;
  const target = focused ?? open;
  return target === undefined ? [] : [target];
}
