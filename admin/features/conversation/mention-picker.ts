import { type Accessor, batch, createMemo, createSignal } from 'solid-js';
import type { Member } from '../../../protocol/resources.ts';
import { type At, atAt, matchingMembers } from '../../lib/mentions.ts';

/** The picker that an @ opens in a note: who is offered, who is next, and its keys. */
export function createMentionPicker(
  members: Accessor<readonly Member[]>,
  onChoose: (member: Member, at: At) => void,
) {
  const [at, setAt] = createSignal<At | null>(null);
  const [index, setIndex] = createSignal(0);
  /** The sign that Escape closed: it stays closed while it is being typed behind. */
  let closedAt: number | null = null;

  const offered = createMemo(() => {
    const current = at();
    return current ? matchingMembers(members(), current.query) : [];
  });
  const active = () => offered()[index()] ?? null;

  /** Looks at the text and the caret after each change of them. */
  function look(text: string, caret: number): void {
    const found = atAt(text, caret);
    if (found?.from !== closedAt) closedAt = null;
    const next = closedAt === null ? found : null;
    batch(() => {
      if (next?.query !== at()?.query) setIndex(0);
      setAt(next);
    });
  }

  function choose(member: Member): void {
    const from = at();
    setAt(null);
    if (from) onChoose(member, from);
  }

  /** Whether the key was the picker's. */
  function onKeyDown(event: KeyboardEvent): boolean {
    const { length } = offered();
    if (length === 0 || event.isComposing) return false;
    if (event.key === 'Escape') {
      closedAt = at()?.from ?? null;
      setAt(null);
    } else if (event.key === 'ArrowDown') setIndex((index() + 1) % length);
    else if (event.key === 'ArrowUp') setIndex((index() + length - 1) % length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      const member = active();
      if (member) choose(member);
    } else return false;
    return true;
  }

  return { offered, active, look, choose, close: () => setAt(null), onKeyDown };
}

export type MentionPicker = ReturnType<typeof createMentionPicker>;
