import { createEffect, For, Show } from 'solid-js';
import styles from './CannedList.module.css';
import type { CannedPicker } from './canned-picker.ts';
import { CANNED_LIST, optionId } from './option-ids.ts';

/** The canned responses that fit what is typed behind the slash, above the field. */
export default function CannedList(props: { picker: CannedPicker }) {
  const { picker } = props;
  let list: HTMLDivElement | undefined;

  createEffect(() => {
    const active = picker.active();
    if (active)
      list?.querySelector(`#${optionId(active.id)}`)?.scrollIntoView({ block: 'nearest' });
  });

  return (
    <>
      <Show when={picker.offered().length > 0}>
        <div
          ref={list}
          class={styles.list}
          id={CANNED_LIST}
          role="listbox"
          aria-label="Canned responses"
        >
          <For each={picker.offered()}>
            {(response) => (
              // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
              // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
              <div
                class={styles.option}
                role="option"
                id={optionId(response.id)}
                aria-selected={picker.active() === response}
                // The field keeps the focus.
                onMouseDown={(event) => event.preventDefault()}
                onClick={() => picker.choose(response)}
              >
                <span class={styles.shortcut} dir="auto">
                  /{response.shortcut}
                </span>
                <span class={styles.body} dir="auto">
                  {response.body}
                </span>
              </div>
            )}
          </For>
        </div>
      </Show>
      <p class={styles.note} role="status" hidden={picker.note() === null}>
        {picker.note()}
      </p>
    </>
  );
}
