import type { JSX } from 'solid-js';
import styles from './EntryPage.module.css';

/** The layout of the pages for people who are not signed in. */
export function EntryPage(props: { title: string; text: string; children: JSX.Element }) {
  return (
    <main class={styles.page}>
      <div class={styles.card}>
        <svg class={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
          <rect width="32" height="32" rx="9" />
          <path d="M9 22V12.5A2.5 2.5 0 0 1 11.5 10h9a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-2.5 2.5H13z" />
        </svg>
        <h1 class={styles.title}>{props.title}</h1>
        <p class={styles.text}>{props.text}</p>
        {props.children}
      </div>
    </main>
  );
}
