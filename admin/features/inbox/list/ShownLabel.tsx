import type { Label } from '../../../../protocol/resources/label.ts';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { t } from '../../../texts/inbox.ts';
import styles from './ShownLabel.module.css';

/** The label that the list filters by, and a button that ends it. */
export default function ShownLabel(props: { label: Label; onClear(): void }) {
  return (
    <p class={styles.narrowed}>
      <ColorDot color={props.label.color} />
      <span class={styles.narrowing} dir="auto">
        {props.label.name}
      </span>
      <button
        type="button"
        class={styles.remove}
        aria-label={t.list.removeFilter(props.label.name)}
        title={t.list.allLabels}
        onClick={() => props.onClear()}
      >
        <Icon name="close" />
      </button>
    </p>
  );
}
