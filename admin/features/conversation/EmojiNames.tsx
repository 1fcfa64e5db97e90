import { For, Show } from 'solid-js';
import styles from './CannedList.module.css';
import type { Emoji } from './lazy/emoji.ts';
import { EMOJI_LIST, emojiId } from './option-ids.ts';
import type { Suggestions } from './suggestions.ts';

/** The pictures whose names fit what is typed behind the colon, above the field. */
export default function EmojiNames(props: { names: Suggestions<Emoji> }) {
  const { names } = props;
  return (
    <Show when={names.offered().length > 0}>
      <div class={styles.list} id={EMOJI_LIST} role="listbox" aria-label="Emoji">
        <For each={names.offered()}>
          {(emoji) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
            <div
              class={`${styles.option} ${styles.person}`}
              role="option"
              id={emojiId(emoji.name)}
              aria-selected={names.active() === emoji}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => names.choose(emoji)}
            >
              <span aria-hidden="true">{emoji.picture}</span>
              <span>:{emoji.name}:</span>
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}
