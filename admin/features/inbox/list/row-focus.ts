import { type Accessor, createEffect } from 'solid-js';

/** Moves the keyboard focus through the rows of the list. */
export function createRowFocus(
  ids: Accessor<readonly string[]>,
  current: Accessor<string | undefined>,
) {
  /** The index of the open conversation, for when it has left the list. */
  let lastIndex = -1;
  createEffect(() => {
    const id = current();
    const index = id ? ids().indexOf(id) : -1;
    if (index !== -1 || !id) lastIndex = index;
  });

  /** Renders a row, since only visible rows are. */
  let reveal: (id: string) => void = () => {};

  const element = (id: string) =>
    document.querySelector<HTMLElement>(`[data-conversation="${CSS.escape(id)}"]`);

  /** The row that has the focus, or whose checkbox has it. */
  function focused(): string | undefined {
    const item = document.activeElement?.closest('li');
    return item?.querySelector<HTMLElement>('[data-conversation]')?.dataset.conversation;
  }

  function focus(id: string | undefined): void {
    if (id) reveal(id);
    const row = id ? element(id) : null;
    if (row) row.focus();
    else if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    row?.scrollIntoView({ block: 'nearest' });
  }

  /** Takes the focus to the list, and to no row of it. */
  function focusList(): void {
    document.querySelector<HTMLElement>('[data-list]')?.focus();
  }

  /**
   * Focuses the row `step` rows after the focused one, or after the open conversation. Returns it.
   */
  function move(step: 1 | -1): string | undefined {
    const all = ids();
    const from = all.indexOf(focused() ?? current() ?? '');
    const index = from === -1 ? (step === 1 ? lastIndex : lastIndex - 1) : from + step;
    const id = all[Math.min(Math.max(index, 0), all.length - 1)];
    if (id) focus(id);
    return id;
  }

  return {
    move,
    focusList,
    /** Where the open conversation is or was in the list; -1 before one was open. */
    lastIndex: () => lastIndex,
    focus,
    focused,
    revealBy(how: typeof reveal): void {
      reveal = how;
    },
  };
}

export type RowFocus = ReturnType<typeof createRowFocus>;
