import styles from './ColorDot.module.css';

/** What a label's colour looks like; its name stands beside it. */
export function ColorDot(props: { color: string }) {
  return <span class={styles.dot} style={{ 'background-color': props.color }} aria-hidden="true" />;
}
