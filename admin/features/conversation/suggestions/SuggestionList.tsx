import { createEffect, For, type JSX, Show } from 'solid-js';
import styles from './SuggestionList.module.css';
import type { Suggestions } from './suggestions.ts';

/** A list of suggestions above the field. The field keeps the focus and handles the keys. */
export function SuggestionList<Item>(props: {
  suggestions: Suggestions<Item>;
  id: string;
  label: string;
  optionId(item: Item): string;
  /** Whether the options are emoji with names. */
  pictured?: boolean;
  children(item: Item): JSX.Element;
}) {
  const { suggestions } = props;
  let list: HTMLDivElement | undefined;

  createEffect(() => {
    const active = suggestions.active();
    if (active === null) return;
    list?.querySelector(`#${props.optionId(active)}`)?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <Show when={suggestions.offered().length > 0}>
      <div ref={list} class={styles.list} id={props.id} role="listbox" aria-label={props.label}>
        <For each={suggestions.offered()}>
          {(item) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
            <div
              class={styles.option}
              classList={{ [styles.pictured ?? '']: props.pictured }}
              role="option"
              id={props.optionId(item)}
              aria-selected={suggestions.active() === item}
              // The field keeps the focus.
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => suggestions.choose(item)}
            >
              {props.children(item)}
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}
