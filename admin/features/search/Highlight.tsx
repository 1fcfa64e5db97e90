import { For } from 'solid-js';
import styles from './Highlight.module.css';

/** A text with highlighted ranges. It is built from nodes, so that no text becomes markup. */
export function Highlight(props: { text: string; marks: readonly (readonly [number, number])[] }) {
  const parts = () => {
    const all: { text: string; isMatch: boolean }[] = [];
    let at = 0;
    for (const [start, end] of props.marks) {
      all.push({ text: props.text.slice(at, start), isMatch: false });
      all.push({ text: props.text.slice(start, end), isMatch: true });
      at = end;
    }
    all.push({ text: props.text.slice(at), isMatch: false });
    return all.filter(({ text }) => text !== '');
  };
  return (
    <For each={parts()}>
      {(part) => (part.isMatch ? <mark class={styles.mark}>{part.text}</mark> : part.text)}
    </For>
  );
}
