import styles from './Skeleton.module.css';

export type SkeletonShape = 'line' | 'short' | 'half' | 'avatar' | 'bubble' | 'chip';

/** A grey shape where something is about to be; the view around it says that it loads. */
export function Skeleton(props: { shape: SkeletonShape }) {
  return <span class={`${styles.skeleton} ${styles[props.shape]}`} aria-hidden="true" />;
}
