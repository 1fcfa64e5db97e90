import { type JSX, Show, splitProps } from 'solid-js';
import styles from './Button.module.css';
import { Icon, type IconName } from './Icon.tsx';

type Look = 'primary' | 'plain' | 'quiet';

type ButtonProps = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'class'> & {
  look?: Look;
  icon?: IconName;
  /** Shows that the action runs, and ignores further clicks. */
  busy?: boolean;
};

/** A button with text. */
export function Button(props: ButtonProps) {
  const [own, rest] = splitProps(props, ['look', 'icon', 'busy', 'children', 'disabled']);
  return (
    <button
      type="button"
      {...rest}
      class={`${styles.button} ${styles[own.look ?? 'plain']}`}
      disabled={own.disabled || own.busy}
      aria-busy={own.busy ? 'true' : undefined}
    >
      <Show when={own.icon}>{(name) => <Icon name={name()} />}</Show>
      {own.children}
    </button>
  );
}

type IconButtonProps = Omit<JSX.ButtonHTMLAttributes<HTMLButtonElement>, 'class' | 'title'> & {
  icon: IconName;
  /** What it does; shown on hover and read aloud. */
  label: string;
  flip?: boolean;
  class?: string | undefined;
};

/** A button with an icon and no text. */
export function IconButton(props: IconButtonProps) {
  const [own, rest] = splitProps(props, ['icon', 'label', 'flip', 'class']);
  return (
    <button
      type="button"
      {...rest}
      class={`${styles.iconButton} ${own.class ?? ''}`}
      title={own.label}
      aria-label={own.label}
    >
      <Icon name={own.icon} flip={own.flip ?? false} />
    </button>
  );
}
