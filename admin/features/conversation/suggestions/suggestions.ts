import { batch, createMemo, createSignal } from 'solid-js';

/** A sign that begins a word, and what is typed behind it as far as the caret. */
export type Sign = { from: number; query: string };

type Options<Item> = {
  /** The sign that the caret is behind; null when what is typed there is something else. */
  find(text: string, caret: number): Sign | null;
  /** What fits, the best first. Reading it is reactive. */
  offer(query: string): readonly Item[];
  onChoose(item: Item, sign: Sign): void;
  /** It opens: what is offered may have to be fetched. */
  onOpen?(): void;
  /** Whether Enter is held back, since what is offered is on its way. */
  isLoading?(): boolean;
  /** Whether there is something to close though nothing is offered. */
  hasMessage?(): boolean;
};

/** What a sign in the composer's text opens: what is offered, which one is next, and the keys. */
export function createSuggestions<Item>(options: Options<Item>) {
  const [sign, setSign] = createSignal<Sign | null>(null);
  const [at, setAt] = createSignal(0);
  /** The sign that Escape closed: it stays closed while it is being typed behind. */
  let closedAt: number | null = null;

  const offered = createMemo(() => {
    const current = sign();
    return current ? options.offer(current.query) : [];
  });
  const active = () => offered()[at()] ?? null;

  /** Looks at the text and the caret after each change of them. */
  function look(text: string, caret: number): void {
    const match = options.find(text, caret);
    if (match?.from !== closedAt) closedAt = null;
    const next = closedAt === null ? match : null;
    if (next && sign() === null) options.onOpen?.();
    batch(() => {
      if (next?.query !== sign()?.query) setAt(0);
      setSign(next);
    });
  }

  function choose(item: Item): void {
    const from = sign();
    setSign(null);
    if (from) options.onChoose(item, from);
  }

  /** Whether the key was its own. */
  function onKeyDown(event: KeyboardEvent): boolean {
    if (sign() === null) return false;
    const { length } = offered();
    if (event.key === 'Escape' && (length > 0 || options.hasMessage?.())) {
      closedAt = sign()?.from ?? null;
      setSign(null);
      return true;
    }
    if (length === 0) return event.key === 'Enter' && options.isLoading?.() === true;
    if (event.key === 'ArrowDown') setAt((at() + 1) % length);
    else if (event.key === 'ArrowUp') setAt((at() + length - 1) % length);
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.shiftKey) {
      const item = active();
      if (item !== null) choose(item);
    } else return false;
    return true;
  }

  return { sign, offered, active, look, close: () => setSign(null), choose, onKeyDown };
}

export type Suggestions<Item> = ReturnType<typeof createSuggestions<Item>>;
