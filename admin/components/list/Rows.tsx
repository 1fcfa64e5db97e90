import { A } from '@solidjs/router';
import { type JSX, Show } from 'solid-js';
import styles from '../lists.module.css';
import { RemoveButton } from '../RemoveButton.tsx';

/** The keys that move between the names of a list's rows. */
const STEPS: Record<string, (index: number, count: number) => number> = {
  ArrowDown: (index, count) => Math.min(index + 1, count - 1),
  ArrowUp: (index) => Math.max(index - 1, 0),
  Home: () => 0,
  End: (_index, count) => count - 1,
};

/** A list of the settings. The arrow keys, Home and End move between its rows; Enter opens one. */
export function Rows(props: { label: string; children: JSX.Element }) {
  function onKeyDown(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
    const step = STEPS[event.key];
    const names = [...event.currentTarget.querySelectorAll<HTMLElement>('[data-row-name]')];
    const index = names.findIndex((name) => name.contains(document.activeElement));
    if (!step || index < 0) return;
    event.preventDefault();
    names[step(index, names.length)]?.focus();
  }
  return (
    <ul class={styles.list} aria-label={props.label} onKeyDown={onKeyDown}>
      {props.children}
    </ul>
  );
}

/**
 * A row of the settings: what something is called, what is worth knowing of it, and what can be done.
 * Its name opens it, as a page (`href`) or in a dialog (`onOpen`).
 */
export function Row(props: {
  name: JSX.Element;
  href?: string | undefined;
  onOpen?: (() => void) | undefined;
  /** A face or a colour before the name. */
  before?: JSX.Element;
  /** Beside the name. */
  tags?: JSX.Element;
  /** Below the name. */
  detail?: JSX.Element;
  /** At the end, before the removal. */
  children?: JSX.Element;
  remove?:
    | {
        /** “Remove”, if nothing else is said. */
        label?: string;
        question?: string;
        busy: boolean;
        run(): void;
      }
    | undefined;
}) {
  return (
    <li class={styles.row}>
      {props.before}
      <div class={styles.body}>
        <Show
          when={props.href}
          fallback={
            <Show
              when={props.onOpen}
              fallback={
                <p class={styles.name} dir="auto">
                  {props.name}
                </p>
              }
            >
              {(open) => (
                <button
                  type="button"
                  class={styles.name}
                  dir="auto"
                  data-row-name
                  onClick={() => open()()}
                >
                  {props.name}
                </button>
              )}
            </Show>
          }
        >
          {(href) => (
            <A class={styles.name ?? ''} href={href()} dir="auto" data-row-name>
              {props.name}
            </A>
          )}
        </Show>
        {props.tags}
        <Show when={props.detail}>
          <div class={styles.detail}>{props.detail}</div>
        </Show>
      </div>
      <Show when={props.children || props.remove}>
        <div class={styles.actions}>
          {props.children}
          <Show when={props.remove}>
            {(remove) => (
              <RemoveButton
                {...(remove().label && { label: remove().label ?? '' })}
                {...(remove().question && { question: remove().question ?? '' })}
                busy={remove().busy}
                onRemove={() => remove().run()}
              />
            )}
          </Show>
        </div>
      </Show>
    </li>
  );
}
