import styles from './ColorDot.module.css';

/** The colour of a label. Its name is shown next to it. */
export function ColorDot(props: { color: string }) {
  return <span class={styles.dot} style={{ 'background-color': props.color }} aria-hidden="true" />;
}
