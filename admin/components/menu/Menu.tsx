import { createEffect, createSignal, type JSX, Show } from 'solid-js';
import { tellUnloaded } from '../../lib/new-version.ts';
import { showToast } from '../../lib/toasts.ts';
import { Icon } from '../Icon.tsx';
import styles from './Menu.module.css';

export type MenuChoice = {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
  /** For a choice that can be toggled while the menu stays open: whether it is on. */
  checked?: boolean;
  /** A dot before it, in a colour of CSS. */
  color?: string;
};

type Panel = typeof import('./MenuPanel.tsx').default;

let panel: Panel | null = null;

/**
 * Loads a third of the dashboard's JavaScript, which few conversations need. Null if it cannot be
 * loaded. Some browsers never retry a failed import, so none is started offline.
 */
async function loadPanel(): Promise<Panel | null> {
  if (!panel && navigator.onLine) {
    const loaded = await import('./MenuPanel.tsx').catch(() => null);
    panel = loaded?.default ?? null;
  }
  return panel;
}

function tellFailure(): void {
  if (navigator.onLine) {
    void tellUnloaded('Couldn’t load the menu. Reload the page; your drafts are saved.');
  } else {
    showToast({ tone: 'bad', text: 'Menus aren’t available offline.' });
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
  look?: 'chip' | 'icon';
  open?: boolean;
  onOpenChange?(open: boolean): void;
}) {
  const [ownOpen, setOwnOpen] = createSignal(false);
  const [Loaded, setLoaded] = createSignal<Panel>();
  const [trigger, setTrigger] = createSignal<HTMLButtonElement>();
  const isOpen = () => props.open ?? ownOpen();
  const ready = () => {
    const button = trigger();
    const Panel = Loaded();
    return button && Panel && { button, Panel };
  };
  let loading = false;

  function setOpen(open: boolean): void {
    setOwnOpen(open);
    props.onOpenChange?.(open);
  }

  async function loadAndOpen(open: () => void): Promise<void> {
    if (loading) return;
    loading = true;
    const Panel = await loadPanel();
    if (Panel) {
      setLoaded(() => Panel);
      open();
    } else {
      loading = false;
      setOpen(false);
      tellFailure();
    }
  }

  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    if (!OPENING_KEYS.includes(key)) return;
    event.preventDefault();
    // The key decides which choice is focused first.
    void loadAndOpen(() =>
      trigger()?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true })),
    );
  }

  createEffect(() => {
    if (props.open) void loadAndOpen(() => undefined);
  });

  return (
    <>
      <button
        ref={setTrigger}
        type="button"
        class={`${styles.trigger} ${styles[props.look ?? 'chip']}`}
        disabled={props.disabled ?? false}
        aria-haspopup="true"
        aria-expanded="false"
        aria-label={props.look === 'icon' ? undefined : props.label}
        title={props.label}
        onPointerEnter={() => void loadPanel()}
        onFocus={() => void loadPanel()}
        onClick={() => void loadAndOpen(() => setOpen(true))}
        onKeyDown={onKeyDown}
      >
        {props.children}
        <Show when={props.look === 'icon'} fallback={<Icon name="chevron" />}>
          <span class="visually-hidden">{props.label}</span>
        </Show>
      </button>
      <Show when={ready()}>
        {(parts) => {
          const { button, Panel } = parts();
          return (
            <Panel
              trigger={button}
              value={props.value}
              choices={props.choices}
              onChoose={(value) => props.onChoose(value)}
              disabled={props.disabled ?? false}
              open={isOpen()}
              onOpenChange={setOpen}
            />
          );
        }}
      </Show>
    </>
  );
}
