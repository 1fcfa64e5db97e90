import { DropdownMenu } from '@kobalte/core/dropdown-menu';
import { type ComponentProps, Index, Show } from 'solid-js';
import { spread } from 'solid-js/web';
import { ColorDot } from '../ColorDot.tsx';
import { Icon } from '../Icon.tsx';
import styles from './Menu.module.css';
import type { MenuChoice } from './Menu.tsx';

/** The choices of a menu. It takes over the behaviour of the button. */
export default function MenuPanel(props: {
  /** The menu's button, which stays in place and keeps the focus. */
  trigger: HTMLButtonElement;
  value: string | null;
  choices: readonly MenuChoice[];
  onChoose(value: string): void;
  disabled: boolean;
  open: boolean;
  onOpenChange(open: boolean): void;
}) {
  function Trigger(attributes: ComponentProps<'button'>) {
    // Kobalte's attributes and handlers replace those of the button.
    spread(props.trigger, attributes, false, true);
    return null;
  }

  return (
    <DropdownMenu
      modal={false}
      placement="bottom-start"
      gutter={4}
      open={props.open}
      onOpenChange={(open) => props.onOpenChange(open)}
    >
      <DropdownMenu.Trigger as={Trigger} disabled={props.disabled} />
      {/* Inside the page's landmark, where a screen reader looks; what is outside of an open dialog is inert. */}
      <DropdownMenu.Portal
        mount={props.trigger.closest('dialog') ?? document.querySelector('main') ?? document.body}
      >
        <DropdownMenu.Content class={styles.menu}>
          {/* Keyed by index, so that toggling a choice keeps the focus on it. */}
          <Index each={props.choices}>
            {(choice) => (
              <Show
                when={choice().checked !== undefined}
                fallback={
                  <DropdownMenu.Item
                    class={styles.item ?? ''}
                    disabled={choice().disabled ?? false}
                    onSelect={() => props.onChoose(choice().value)}
                    aria-current={props.value === choice().value ? 'true' : undefined}
                  >
                    <Choice choice={choice()} current={props.value === choice().value} />
                  </DropdownMenu.Item>
                }
              >
                <DropdownMenu.CheckboxItem
                  class={styles.item ?? ''}
                  checked={choice().checked ?? false}
                  closeOnSelect={false}
                  onChange={() => props.onChoose(choice().value)}
                >
                  <Choice choice={choice()} current={choice().checked ?? false} />
                </DropdownMenu.CheckboxItem>
              </Show>
            )}
          </Index>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu>
  );
}

function Choice(props: { choice: MenuChoice; current: boolean }) {
  return (
    <>
      <Show when={props.choice.color}>{(color) => <ColorDot color={color()} />}</Show>
      <span class={styles.text}>
        <span dir="auto">{props.choice.label}</span>
        <Show when={props.choice.hint}>
          <span class={styles.hint}>{props.choice.hint}</span>
        </Show>
      </span>
      <Show when={props.current}>
        <Icon name="check" />
      </Show>
    </>
  );
}
