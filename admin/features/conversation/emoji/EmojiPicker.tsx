import { createMemo, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import { isEmpty } from '../../../../protocol/text/text.ts';
import styles from './EmojiPicker.module.css';
import { type Emoji, findEmoji, recentEmoji, rememberEmoji } from './emoji.ts';

/** Emoji per row, for the up and down keys. */
const COLUMNS = 9;

/** The emoji picker: search, arrow keys and pointer. */
export default function EmojiPicker(props: { onChoose(picture: string): void; onClose(): void }) {
  const [typed, setTyped] = createSignal('');
  const [at, setAt] = createSignal(0);
  const recent = recentEmoji();
  const recentShown = () => (isEmpty(typed()) ? recent : []);
  const results = createMemo(() => findEmoji(typed()));
  const all = () => [...recentShown(), ...results()];
  let panel: HTMLDivElement | undefined;
  let field: HTMLInputElement | undefined;

  function choose({ picture }: Emoji): void {
    rememberEmoji(picture);
    props.onChoose(picture);
  }

  /** Recent emoji have their own row, however few they are. */
  function stepDown(from: number, by: 1 | -1): number {
    const first = recentShown().length;
    if (by === 1 && from < first) return Math.min(first + from, all().length - 1);
    if (by === -1 && from >= first && from < first + COLUMNS) {
      return first === 0 ? from : Math.min(from - first, first - 1);
    }
    return from + by * COLUMNS;
  }

  function onKeyDown(event: KeyboardEvent): void {
    const to = {
      ArrowRight: at() + 1,
      ArrowLeft: at() - 1,
      ArrowDown: stepDown(at(), 1),
      ArrowUp: stepDown(at(), -1),
    }[event.key];
    if (event.key === 'Escape') props.onClose();
    else if (event.key === 'Enter') {
      const emoji = all()[at()];
      if (emoji) choose(emoji);
    } else if (to !== undefined) {
      if (to >= 0 && to < all().length) setAt(to);
      panel?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  onMount(() => {
    field?.focus();
    const closeOutside = (event: PointerEvent) => {
      if (event.target instanceof Node && !panel?.contains(event.target)) props.onClose();
    };
    addEventListener('pointerdown', closeOutside, true);
    onCleanup(() => removeEventListener('pointerdown', closeOutside, true));
  });

  const option = (emoji: Emoji, index: () => number) => (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
    // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
    <div
      class={styles.option}
      role="option"
      id={`emoji-${index()}`}
      aria-selected={at() === index()}
      aria-label={emoji.name.replaceAll('_', ' ')}
      title={`:${emoji.name}:`}
      onClick={() => choose(emoji)}
    >
      {emoji.picture}
    </div>
  );

  return (
    <div ref={panel} class={styles.panel} role="dialog" aria-label="Emoji">
      <input
        ref={field}
        type="text"
        class={styles.field}
        role="combobox"
        aria-label="Search emoji"
        aria-expanded="true"
        aria-controls="emoji-list"
        aria-activedescendant={all().length > 0 ? `emoji-${at()}` : undefined}
        aria-autocomplete="list"
        autocomplete="off"
        placeholder="Search"
        value={typed()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setAt(0);
        }}
        on:keydown={onKeyDown}
      />
      <div class={styles.list} id="emoji-list" role="listbox" aria-label="Emoji">
        <Show when={recentShown().length > 0}>
          <p class={styles.heading} role="presentation">
            Recent
          </p>
          <div class={styles.grid} role="presentation">
            <For each={recentShown()}>{option}</For>
          </div>
          <p class={styles.heading} role="presentation">
            All
          </p>
        </Show>
        <div class={styles.grid} role="presentation">
          <For each={results()}>
            {(emoji, index) => option(emoji, () => recentShown().length + index())}
          </For>
        </div>
        <Show when={results().length === 0}>
          <p class={styles.none} role="presentation">
            No emoji found
          </p>
        </Show>
      </div>
    </div>
  );
}
