import { createEffect, type JSX, onCleanup } from 'solid-js';
import { IconButton } from './Button.tsx';
import styles from './Dialog.module.css';

type DialogProps = {
  open: boolean;
  onClose(): void;
  title: string;
  /** A card in the middle, or a sheet along the start, the end (`wide`: a wider one) or the bottom of the screen. */
  look: 'card' | 'start' | 'end' | 'wide' | 'bottom';
  children: JSX.Element;
  /** Whether closing it would lose changes: it asks first. */
  unsaved?: boolean;
};

/**
 * The platform's own modal dialog: it keeps the focus inside, makes the rest inert, closes with
 * Escape and gives the focus back.
 */
export function Dialog(props: DialogProps) {
  let element: HTMLDialogElement | undefined;

  createEffect(() => {
    if (!element || props.open === element.open) return;
    if (props.open) element.showModal();
    else element.close();
  });
  onCleanup(() => element?.close());

  const mayClose = () => !props.unsaved || confirm('Discard your changes?');
  function close(): void {
    if (mayClose()) props.onClose();
  }

  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the platform closes it with Escape.
    <dialog
      ref={element}
      class={`${styles.dialog} ${styles[props.look]}`}
      aria-label={props.title}
      onCancel={(event) => {
        if (!mayClose()) event.preventDefault();
      }}
      onClose={() => props.onClose()}
      onClick={(event) => {
        // Only the backdrop is the dialog itself; what is in it has elements of its own.
        if (event.target === event.currentTarget) close();
      }}
    >
      <div class={styles.body}>
        <header class={styles.header}>
          <h2 class={styles.title}>{props.title}</h2>
          <IconButton icon="close" label="Close" onClick={close} />
        </header>
        <div class={styles.content}>{props.children}</div>
      </div>
    </dialog>
  );
}
