import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { For, type JSX, Show } from 'solid-js';
import { Icon } from './Icon.tsx';
import styles from './Menu.module.css';

export type MenuChoice = {
  value: string;
  label: string;
  hint?: string | undefined;
  disabled?: boolean;
};

/** A button that opens a list of choices, one of which may hold now. */
export function Menu(props: {
  /** What is chosen, read aloud with what the button shows. */
  label: string;
  children: JSX.Element;
  /** The choice that holds, or null where choosing does something once. */
  value: string | null;
  choices: readonly MenuChoice[];
  onChoose(value: string): void;
  disabled?: boolean;
  look?: 'chip' | 'icon';
  open?: boolean;
  onOpenChange?(open: boolean): void;
}) {
  const controlled = () => (props.open === undefined ? {} : { open: props.open });
  return (
    <DropdownMenu
      modal={false}
      placement="bottom-start"
      gutter={4}
      {...controlled()}
      onOpenChange={(open) => props.onOpenChange?.(open)}
    >
      <DropdownMenu.Trigger
        class={`${styles.trigger} ${styles[props.look ?? 'chip']}`}
        disabled={props.disabled ?? false}
        aria-label={props.label}
        title={props.label}
      >
        {props.children}
        <Show when={props.look !== 'icon'}>
          <Icon name="chevron" />
        </Show>
      </DropdownMenu.Trigger>
      {/* Inside the page's landmark, where a screen reader looks. */}
      <DropdownMenu.Portal mount={document.querySelector('main') ?? document.body}>
        <DropdownMenu.Content class={styles.menu}>
          <For each={props.choices}>
            {(choice) => (
              <DropdownMenu.Item
                class={styles.item ?? ''}
                disabled={choice.disabled ?? false}
                onSelect={() => props.onChoose(choice.value)}
                aria-current={props.value === choice.value ? 'true' : undefined}
              >
                <span class={styles.text}>
                  <span dir="auto">{choice.label}</span>
                  <Show when={choice.hint}>
                    <span class={styles.hint}>{choice.hint}</span>
                  </Show>
                </span>
                <Show when={props.value === choice.value}>
                  <Icon name="check" />
                </Show>
              </DropdownMenu.Item>
            )}
          </For>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}
