import { createUniqueId, type JSX, Show } from 'solid-js';
import styles from './Profile.module.css';

/** A section of the profile. */
export function ProfileSection(props: {
  title: string;
  text?: string;
  /** The current state, shown next to the title. */
  tag?: JSX.Element;
  children: JSX.Element;
}) {
  const id = createUniqueId();
  return (
    <section class={styles.part} aria-labelledby={id}>
      <header>
        <div class={styles.head}>
          <h2 class={styles.heading} id={id}>
            {props.title}
          </h2>
          {props.tag}
        </div>
        <Show when={props.text}>
          <p class={styles.hint}>{props.text}</p>
        </Show>
      </header>
      {props.children}
    </section>
  );
}

/** The error of a form that is not shown at a field. Takes no space while empty. */
export function Refusal(props: { text: string | null }) {
  return (
    <div class={styles.alert} role="alert">
      <Show when={props.text}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
    </div>
  );
}
