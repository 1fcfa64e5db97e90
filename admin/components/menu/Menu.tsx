import { createEffect, createMemo, createSignal, createUniqueId, type JSX, Show } from 'solid-js';
import { loadAhead } from '../../lib/ahead.ts';
import { tellUnloaded } from '../../lib/new-version.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/common.ts';
import { Icon } from '../Icon.tsx';
import styles from './Menu.module.css';
import { type FirstFocus, type MenuChoice, type MenuLook, needsField } from './menu-parts.ts';

type Panel = typeof import('./MenuPanel.tsx').default;

let panel: Panel | null = null;

/**
 * Loads the list, which few conversations need. Null if it cannot be loaded. Some browsers never retry a failed import, so none is started offline.
 */
async function loadPanel(): Promise<Panel | null> {
  if (!panel && navigator.onLine) {
    const loaded = await import('./MenuPanel.tsx').catch(() => null);
    panel = loaded?.default ?? null;
  }
  return panel;
}

loadAhead(loadPanel);

function tellFailure(): void {
  if (navigator.onLine) {
    void tellUnloaded(t.menuNotLoaded);
  } else {
    showToast({ tone: 'bad', text: t.menusOffline });
  }
}

/** The keys that open a menu (https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/). */
const OPENING_KEYS = ['Enter', ' ', 'ArrowDown', 'ArrowUp'];

/**
 * A button that opens a list of choices, one of which may be current. The list loads when the
 * pointer or the focus reaches the button. A click before that opens it once it has loaded.
 */
export function Menu(props: {
  /** The name of the menu for screen readers. */
  label: string;
  children: JSX.Element;
  /** The current choice, or null if choosing only triggers an action. */
  value: string | null;
  choices: readonly MenuChoice[];
  onChoose(value: string): void;
  disabled?: boolean;
  look?: MenuLook;
  open?: boolean;
  onOpenChange?(open: boolean): void;
}) {
  const [shown, setShown] = createSignal<{ Panel: Panel; focus: FirstFocus } | null>(null);
  const id = createUniqueId();
  const [trigger, setTrigger] = createSignal<HTMLButtonElement>();
  let loading = false;
  /** Whether the menu was open when the pointer went down, which closes it. */
  let wasOpen = false;

  const opened = createMemo(() => {
    const button = trigger();
    const panel = shown();
    return button && panel && !props.disabled && { ...panel, button };
  });

  async function open(focus: FirstFocus): Promise<void> {
    if (loading) return;
    loading = true;
    const Panel = await loadPanel();
    loading = false;
    if (Panel) setShown({ Panel, focus });
    else tellFailure();
    props.onOpenChange?.(Panel !== null);
  }

  /** @param refocus whether the focus goes back to the button */
  function close(refocus: boolean): void {
    setShown(null);
    if (refocus) trigger()?.focus();
    props.onOpenChange?.(false);
  }

  createEffect(() => {
    if (props.open === true) void open('first');
    else if (props.open === false) setShown(null);
  });

  return (
    <>
      <button
        ref={setTrigger}
        type="button"
        class={`${styles.trigger} ${styles[props.look ?? 'chip']}`}
        disabled={props.disabled ?? false}
        aria-haspopup={needsField(props.choices) ? 'dialog' : 'menu'}
        aria-expanded={shown() ? 'true' : 'false'}
        aria-controls={shown() ? id : undefined}
        aria-label={props.look === 'icon' ? undefined : props.label}
        title={props.label}
        onPointerEnter={() => void loadPanel()}
        onFocus={() => void loadPanel()}
        onPointerDown={() => {
          wasOpen = shown() !== null;
        }}
        onClick={() => {
          if (!wasOpen) void open('menu');
          wasOpen = false;
        }}
        onKeyDown={(event) => {
          if (!OPENING_KEYS.includes(event.key)) return;
          event.preventDefault();
          void open(event.key === 'ArrowUp' ? 'last' : 'first');
        }}
      >
        {props.children}
        <Show when={(props.look ?? 'chip') === 'chip'}>
          <Icon name="chevron" />
        </Show>
        <Show when={props.look === 'icon'}>
          <span class="visually-hidden">{props.label}</span>
        </Show>
      </button>
      <Show when={opened()} keyed>
        {({ Panel, focus, button }) => (
          <Panel
            id={id}
            trigger={button}
            label={props.label}
            value={props.value}
            choices={props.choices}
            onChoose={(value) => props.onChoose(value)}
            focus={focus}
            onClose={close}
          />
        )}
      </Show>
    </>
  );
}
