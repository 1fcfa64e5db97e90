import { createSignal, Show } from 'solid-js';
import { Button } from '../../../components/Button.tsx';
import { Dialog } from '../../../components/Dialog.tsx';
import { t } from '../../../texts/commands.ts';
import styles from './SnoozePicker.module.css';
import { atHour, fieldTime } from './snooze.ts';

/** The hour of tomorrow that is set at first. */
const PRESET_HOUR = 9;

/** A dialog to choose a future date and time for snoozing. */
export default function SnoozePicker(props: { onPick(until: Date): void; onClose(): void }) {
  const [past, setPast] = createSignal(false);
  let field: HTMLInputElement | undefined;

  function pick(): void {
    const until = new Date(field?.value ?? '');
    const fits = until.getTime() > Date.now();
    setPast(!fits);
    if (fits) props.onPick(until);
  }

  return (
    <Dialog look="card" title={t.picker.title} open onClose={props.onClose}>
      <form
        class={styles.form}
        onSubmit={(event) => {
          event.preventDefault();
          pick();
        }}
      >
        <div>
          <label>
            <span class={styles.label}>{t.picker.field}</span>
            <input
              ref={field}
              value={fieldTime(atHour(new Date(), 1, PRESET_HOUR))}
              type="datetime-local"
              class={styles.input}
              min={fieldTime(new Date())}
              required
              aria-invalid={past() ? 'true' : undefined}
              aria-describedby="snooze-hint"
            />
          </label>
          <p class={styles.hint} id="snooze-hint" role="status">
            <Show when={past()}>{t.picker.past}</Show>
          </p>
        </div>
        <div class={styles.actions}>
          <Button onClick={() => props.onClose()}>{t.picker.cancel}</Button>
          <Button type="submit" look="primary">
            {t.picker.snooze}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
