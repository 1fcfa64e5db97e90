import { batch, createMemo, createSignal } from 'solid-js';

/** A sign at the start of a word, and the text between it and the caret. */
export type Sign = { from: number; query: string };

type Options<Item> = {
  /** The sign before the caret, or null. */
  find(text: string, caret: number): Sign | null;
  /** The matching options, best first. Reactive. */
  offer(query: string): readonly Item[];
  onChoose(item: Item, sign: Sign): void;
  /** Called when the list opens, for example to fetch the options. */
  onOpen?(): void;
  /** Whether the options are loading. Enter does nothing then. */
  isLoading?(): boolean;
  /** Whether there is a message to close although nothing is offered. */
  hasMessage?(): boolean;
  /** Whether an option must be reached with an arrow key before Enter chooses it. */
  isQuiet?(item: Item): boolean;
};

/** The suggestions for a sign in the composer's text: the options, the active one, and the keys. */
export function createSuggestions<Item>(options: Options<Item>) {
  const [sign, setSign] = createSignal<Sign | null>(null);
  /** The index of the active option; null before an arrow key. */
  const [moved, setMoved] = createSignal<number | null>(null);
  /** The position of the sign that Escape closed. It stays closed while typing goes on after it. */
  let closedAt: number | null = null;

  const offered = createMemo(() => {
    const current = sign();
    return current ? options.offer(current.query) : [];
  });
  /** The index of the active option; -1 if none is. */
  const at = () => {
    const [first] = offered();
    return moved() ?? (first !== undefined && options.isQuiet?.(first) ? -1 : 0);
  };
  const active = () => offered()[at()] ?? null;

  /** Reads the text and the caret after each change. */
  function look(text: string, caret: number): void {
    const match = options.find(text, caret);
    if (match?.from !== closedAt) closedAt = null;
    const next = closedAt === null ? match : null;
    if (next && sign() === null) options.onOpen?.();
    batch(() => {
      if (next?.query !== sign()?.query) setMoved(null);
      setSign(next);
    });
  }

  function choose(item: Item): void {
    const from = sign();
    setSign(null);
    if (from) options.onChoose(item, from);
  }

  /** Returns whether the key was handled. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (sign() === null) return false;
    const { length } = offered();
    if (event.key === 'Escape' && (length > 0 || options.hasMessage?.())) {
      closedAt = sign()?.from ?? null;
      setSign(null);
      return true;
    }
    if (length === 0) return event.key === 'Enter' && options.isLoading?.() === true;
    const item = active();
    if (event.key === 'ArrowDown') setMoved((at() + 1) % length);
    else if (event.key === 'ArrowUp') setMoved((Math.max(at(), 0) + length - 1) % length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey && item !== null) {
      choose(item);
    } else return false;
    return true;
  }

  return { sign, offered, active, look, close: () => setSign(null), choose, onKeyDown };
}

export type Suggestions<Item> = ReturnType<typeof createSuggestions<Item>>;
