import styles from './Skeleton.module.css';

export type SkeletonShape = 'line' | 'short' | 'half' | 'avatar' | 'bubble' | 'chip';

/** A grey placeholder while something loads. The view around it announces that it is loading. */
export function Skeleton(props: { shape: SkeletonShape }) {
  return <span class={`${styles.skeleton} ${styles[props.shape]}`} aria-hidden="true" />;
}
