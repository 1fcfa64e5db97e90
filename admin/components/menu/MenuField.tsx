import { createEffect, createMemo, createSignal, For, onMount, Show } from 'solid-js';
import { fold } from '../../../protocol/text/fold.ts';
import { TOUCH } from '../../lib/media.ts';
import { t } from '../../texts/commands.ts';
import { Choice } from './Choice.tsx';
import styles from './MenuPanel.module.css';
import type { MenuChoice, PanelProps } from './menu-parts.ts';

/**
 * The choices of a long menu, below a field that finds them. Arrow keys move through them, Enter
 * chooses, and so do the digits from 1 while nothing is typed.
 */
export function MenuField(
  props: Omit<PanelProps, 'onChoose'> & { onChoose(choice: MenuChoice): void },
) {
  const [typed, setTyped] = createSignal('');
  /** The value of the active choice, once the agent moved to one. */
  const [moved, setMoved] = createSignal<string | null>(null);
  let field: HTMLInputElement | undefined;
  let list: HTMLDivElement | undefined;

  const matching = createMemo(() => {
    const words = fold(typed()).split(/\s+/).filter(Boolean);
    return props.choices.filter(({ label }) => words.every((word) => fold(label).includes(word)));
  });
  const at = () => {
    const active = moved() ?? (typed() === '' ? props.value : null);
    return Math.max(
      0,
      matching().findIndex(({ value }) => value === active),
    );
  };
  const optionId = (index: number) => `${props.id}-${index}`;

  function onKeyDown(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const all = matching();
    const { key } = event;
    const step = { ArrowDown: 1, ArrowUp: -1 }[key];
    const isDigit = typed() === '' && /^[1-9]$/.test(key);
    // A name can begin with a digit.
    const digit = isDigit && !all.some(({ label }) => label.startsWith(key)) ? Number(key) : 0;
    const choice = key === 'Enter' ? all[at()] : all[digit - 1];
    if (step) setMoved(all[(at() + step + all.length) % all.length]?.value ?? null);
    else if (choice) {
      // A choice that can be switched off again stays the active one.
      setMoved(choice.value);
      props.onChoose(choice);
    } else if (key !== 'Enter') return;
    event.preventDefault();
  }

  createEffect(() => {
    list?.querySelector(`#${CSS.escape(optionId(at()))}`)?.scrollIntoView({ block: 'nearest' });
  });
  onMount(() => {
    // The on-screen keyboard would cover the choices.
    if (props.focus === 'menu' && matchMedia(TOUCH).matches) list?.focus();
    else field?.focus();
    if (props.focus === 'last') setMoved(props.choices.at(-1)?.value ?? null);
  });

  return (
    <div id={props.id} role="dialog" aria-label={props.label} class={styles.finder}>
      <input
        ref={field}
        class={styles.field}
        role="combobox"
        aria-label={props.label}
        aria-expanded="true"
        aria-controls={`${props.id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={matching().length > 0 ? optionId(at()) : undefined}
        placeholder={t.menu.find}
        autocomplete="off"
        spellcheck={false}
        dir="auto"
        value={typed()}
        onInput={(event) => {
          setTyped(event.currentTarget.value);
          setMoved(null);
        }}
        onKeyDown={onKeyDown}
      />
      <div
        ref={list}
        id={`${props.id}-list`}
        class={styles.items}
        role="listbox"
        tabindex="-1"
        aria-label={props.label}
      >
        <For each={matching()}>
          {(choice, index) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and the keys.
            // biome-ignore lint/a11y/useFocusableInteractive: the field points at it instead.
            <div
              id={optionId(index())}
              class={styles.item}
              role="option"
              aria-selected={index() === at()}
              aria-checked={choice.checked}
              aria-disabled={choice.disabled ? 'true' : undefined}
              onPointerMove={() => setMoved(choice.value)}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => props.onChoose(choice)}
            >
              <Choice choice={choice} current={choice.checked ?? choice.value === props.value} />
            </div>
          )}
        </For>
        <Show when={matching().length === 0}>
          <p class={styles.none}>{t.menu.none}</p>
        </Show>
      </div>
    </div>
  );
}
