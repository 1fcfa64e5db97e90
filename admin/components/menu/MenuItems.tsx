import { Index, onMount } from 'solid-js';
import { fold } from '../../../protocol/text/fold.ts';
import { Choice } from './Choice.tsx';
import styles from './MenuPanel.module.css';
import type { MenuChoice, PanelProps } from './menu-parts.ts';

/** Milliseconds after which typing in a menu starts a new word. */
const PAUSE = 700;

/**
 * The choices of a short menu. Arrow keys, Home and End move the focus, letters go to the choice
 * that begins with them, Enter, Space and the digits from 1 choose.
 */
export function MenuItems(
  props: Omit<PanelProps, 'onChoose'> & { onChoose(choice: MenuChoice): void },
) {
  let menu: HTMLDivElement | undefined;
  let typed = '';
  let typedAt = 0;

  const items = () => [
    ...(menu?.querySelectorAll<HTMLElement>('[role^=menuitem]:not([aria-disabled])') ?? []),
  ];

  function focusAt(index: number): void {
    const all = items();
    all[(index + all.length) % all.length]?.focus();
  }

  /** Focuses the next item that begins with what was typed. */
  function find(key: string, at: number, time: number): void {
    typed = time - typedAt > PAUSE ? key : typed + key;
    typedAt = time;
    const all = items();
    // A letter pressed again goes to the next item with it.
    const word = fold([...typed].every((letter) => letter === key) ? key : typed);
    const from = word.length > 1 ? at : at + 1;
    const order = [...all.slice(Math.max(from, 0)), ...all.slice(0, Math.max(from, 0))];
    order.find((item) => fold(item.textContent ?? '').startsWith(word))?.focus();
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = items();
    const at = all.findIndex((item) => item.matches(':focus'));
    const { key } = event;
    if (key === 'ArrowDown') focusAt(at + 1);
    else if (key === 'ArrowUp') focusAt(at === -1 ? -1 : at - 1);
    else if (key === 'Home') focusAt(0);
    else if (key === 'End') focusAt(-1);
    else if (key === 'Enter' || key === ' ') all[at]?.click();
    else if (/^[1-9]$/.test(key)) all[Number(key) - 1]?.click();
    else if (key.length === 1) find(key, at, event.timeStamp);
    else return;
    event.preventDefault();
  }

  onMount(() => {
    if (props.focus === 'menu') menu?.focus();
    else if (props.focus === 'last') focusAt(-1);
    else (menu?.querySelector<HTMLElement>('[aria-current]') ?? items()[0])?.focus();
  });

  return (
    <div
      ref={menu}
      id={props.id}
      role="menu"
      aria-label={props.label}
      tabindex="-1"
      class={styles.items}
      onKeyDown={onKeyDown}
    >
      {/* Keyed by index, so that toggling a choice keeps the focus on it. */}
      <Index each={props.choices}>
        {(choice) => {
          const isCurrent = () => choice().checked ?? props.value === choice().value;
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the menu has the keys.
            // biome-ignore lint/a11y/noStaticElementInteractions: it has one of two roles.
            <div
              class={styles.item}
              tabindex="-1"
              {...(choice().checked === undefined
                ? { role: 'menuitem', 'aria-current': isCurrent() ? 'true' : undefined }
                : { role: 'menuitemcheckbox', 'aria-checked': isCurrent() })}
              aria-disabled={choice().disabled ? 'true' : undefined}
              onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
              onClick={() => props.onChoose(choice())}
            >
              <Choice choice={choice()} current={isCurrent()} />
            </div>
          );
        }}
      </Index>
    </div>
  );
}
