import { createSignal } from 'solid-js';
import { createSuggestions, type Sign } from '../suggestions/suggestions.ts';
import type { Emoji } from './emoji.ts';

/**
 * A colon that begins a word, and the name of a picture as far as it is typed: two letters at least,
 * so that `10:30`, `note:` and `:)` open nothing.
 */
export function colonAt(text: string, caret: number): Sign | null {
  const match = /(?:^|\s):([a-z][a-z_]+)$/i.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** Most that are offered at once: a person reads no more. */
const MAX_OPTIONS = 8;

/** The pictures that a colon and a name open; their list loads with the first. */
export function createEmojiNames(onChoose: (emoji: Emoji, colon: Sign) => void) {
  const [find, setFind] = createSignal<((typed: string) => readonly Emoji[]) | null>(null);
  return createSuggestions<Emoji>({
    find: colonAt,
    offer: (query) => find()?.(query.replaceAll('_', ' ')).slice(0, MAX_OPTIONS) ?? [],
    onChoose,
    onOpen() {
      if (find()) return;
      // Without it a colon is a colon.
      import('./emoji.ts').then(
        ({ findEmoji }) => setFind(() => findEmoji),
        () => {},
      );
    },
  });
}
