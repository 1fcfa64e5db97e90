import { A } from '@solidjs/router';
import type { JSX } from 'solid-js';
import styles from './Button.module.css';

/** A link that looks like a button. */
export function LinkButton(props: {
  href: string;
  look?: 'primary' | 'plain';
  children: JSX.Element;
}) {
  return (
    <A href={props.href} class={`${styles.button} ${styles.link} ${styles[props.look ?? 'plain']}`}>
      {props.children}
    </A>
  );
}
