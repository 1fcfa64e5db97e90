import { For, Show } from 'solid-js';
import { Button, IconButton } from '../../components/Button.tsx';
import { copied, type DraftSlot, draw, spanOf } from './draft.ts';
import styles from './schedules.module.css';

/** The slots of one day as times to type, each with a way to remove it. */
export function Slots(props: {
  /** What they are of, for those who hear it: `Monday`. */
  of: string;
  slots: readonly DraftSlot[];
  error?: string | undefined;
  onChange(slots: DraftSlot[]): void;
}) {
  const change = (key: string, part: Partial<DraftSlot>) =>
    props.onChange(props.slots.map((slot) => (slot.key === key ? { ...slot, ...part } : slot)));

  function add(): void {
    const last = props.slots.at(-1);
    const from = last ? Math.min(spanOf(last).end + 60, 23 * 60) : 9 * 60;
    const added = draw([], from, from + (last ? 60 : 8 * 60));
    props.onChange([...props.slots, ...copied(added)]);
  }

  return (
    <div class={styles.slots}>
      <For each={props.slots} fallback={<span class={styles.closed}>Closed</span>}>
        {(slot, index) => (
          <div class={styles.slot}>
            <input
              type="time"
              class={styles.time}
              aria-label={`${props.of}, opens`}
              aria-invalid={props.error ? 'true' : undefined}
              value={slot.start}
              onChange={(event) => change(slot.key, { start: event.currentTarget.value })}
            />
            <span aria-hidden="true">–</span>
            <input
              type="time"
              class={styles.time}
              aria-label={`${props.of}, closes`}
              aria-invalid={props.error ? 'true' : undefined}
              value={slot.end}
              onChange={(event) => change(slot.key, { end: event.currentTarget.value })}
            />
            <Show when={spanOf(slot).isOverMidnight}>
              <span class={styles.hint}>next day</span>
            </Show>
            <IconButton
              icon="close"
              label={`Remove the hours of ${props.of} from ${slot.start}`}
              onClick={() => props.onChange(props.slots.filter((_, at) => at !== index()))}
            />
          </div>
        )}
      </For>
      <Button look="quiet" onClick={add}>
        Add hours
      </Button>
      <Show when={props.error}>{(text) => <p class={styles.error}>{text()}</p>}</Show>
    </div>
  );
}
