import { createSignal } from 'solid-js';
import { createSuggestions, type Sign } from '../suggestions/suggestions.ts';
import type { Emoji } from './emoji.ts';

/**
 * A colon at the start of a word and the beginning of an emoji's name. It needs two letters, so
 * that `10:30`, `note:` and `:)` open nothing.
 */
export function colonAt(text: string, caret: number): Sign | null {
  const match = /(?:^|\s):([a-z][a-z_]+)$/i.exec(text.slice(0, caret));
  const query = match?.[1];
  return query === undefined ? null : { from: caret - query.length - 1, query };
}

/** How many options are offered at once. */
const MAX_OPTIONS = 8;

/** The suggestions for a colon and a name. The emoji load with the first use. */
export function createEmojiNames(onChoose: (emoji: Emoji, colon: Sign) => void) {
  const [find, setFind] = createSignal<((typed: string) => readonly Emoji[]) | null>(null);
  return createSuggestions<Emoji>({
    find: colonAt,
    offer: (query) => find()?.(query.replaceAll('_', ' ')).slice(0, MAX_OPTIONS) ?? [],
    onChoose,
    onOpen() {
      if (find()) return;
      // If the list cannot be loaded, a colon opens nothing.
      import('./emoji.ts').then(
        ({ findEmoji }) => setFind(() => findEmoji),
        () => {},
      );
    },
  });
}
