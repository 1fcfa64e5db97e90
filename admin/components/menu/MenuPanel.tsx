import { onCleanup, onMount, Show } from 'solid-js';
import { MenuField } from './MenuField.tsx';
import { MenuItems } from './MenuItems.tsx';
import styles from './MenuPanel.module.css';
import { type MenuChoice, needsField, type PanelProps } from './menu-parts.ts';
import { place } from './place.ts';

/**
 * The choices of a menu, above the page. A menu of many choices has a field that finds one. The
 * platform closes it at a click elsewhere and at Escape.
 */
export default function MenuPanel(props: PanelProps) {
  let panel: HTMLDivElement | undefined;
  let isClosing = false;

  function close(refocus: boolean): void {
    if (isClosing) return;
    isClosing = true;
    props.onClose(refocus);
  }

  function choose({ value, checked, disabled }: MenuChoice): void {
    if (disabled) return;
    // What can be switched on and off stays open for several.
    if (checked === undefined) close(true);
    props.onChoose(value);
  }

  function onKeyDown(event: KeyboardEvent): void {
    if (event.key !== 'Escape' && event.key !== 'Tab') return;
    // Tab goes on from the button.
    if (event.key === 'Escape') event.preventDefault();
    close(true);
  }

  onMount(() => {
    if (!panel) return;
    const element = panel;
    element.addEventListener('keydown', onKeyDown);
    const replace = () => place(element, props.trigger);
    element.showPopover();
    replace();
    addEventListener('resize', replace);
    addEventListener('scroll', replace, true);
    onCleanup(() => {
      removeEventListener('resize', replace);
      removeEventListener('scroll', replace, true);
    });
  });

  return (
    <div
      ref={panel}
      popover="auto"
      class={styles.menu}
      onToggle={(event) => {
        // Where the focus was inside, the platform has given it back to the button.
        if (event.newState === 'closed') close(false);
      }}
    >
      <Show when={needsField(props.choices)} fallback={<MenuItems {...props} onChoose={choose} />}>
        <MenuField {...props} onChoose={choose} />
      </Show>
    </div>
  );
}
