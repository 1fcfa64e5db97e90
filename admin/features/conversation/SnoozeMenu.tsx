import { createSignal, type JSX, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Menu } from '../../components/Menu.tsx';
import styles from './SnoozeMenu.module.css';
import { fieldTime, shortTime, snoozeTimes } from './snooze.ts';

const REPLY = 'reply';
const PICK = 'pick';

/** Until when something is put aside: a usual time, any other, or until the visitor writes. */
export function SnoozeMenu(props: {
  label: string;
  children: JSX.Element;
  /** ISO 8601; null: until the visitor writes. */
  onSnooze(until: string | null): void;
  disabled?: boolean;
  open: boolean;
  onOpenChange(open: boolean): void;
}) {
  const [picking, setPicking] = createSignal(false);
  const [past, setPast] = createSignal(false);
  let field: HTMLInputElement | undefined;

  const times = () => snoozeTimes(new Date());
  const choices = () => [
    ...times().map(({ value, label, until }) => ({
      value,
      label,
      hint: shortTime(until, new Date()),
    })),
    { value: PICK, label: 'Pick a date and time…' },
    { value: REPLY, label: 'Until the next reply' },
  ];

  function choose(value: string): void {
    const time = times().find((one) => one.value === value);
    if (time) props.onSnooze(time.until.toISOString());
    else if (value === REPLY) props.onSnooze(null);
    else {
      setPast(false);
      setPicking(true);
      if (field) field.value = fieldTime(times()[1]?.until ?? new Date());
    }
  }

  function pick(): void {
    const until = new Date(field?.value ?? '');
    const fits = until.getTime() > Date.now();
    setPast(!fits);
    if (!fits) return;
    setPicking(false);
    props.onSnooze(until.toISOString());
  }

  return (
    <>
      <Menu
        label={props.label}
        value={null}
        choices={choices()}
        onChoose={choose}
        disabled={props.disabled ?? false}
        open={props.open}
        onOpenChange={props.onOpenChange}
      >
        {props.children}
      </Menu>
      <Dialog look="card" title="Snooze until" open={picking()} onClose={() => setPicking(false)}>
        <form
          class={styles.form}
          onSubmit={(event) => {
            event.preventDefault();
            pick();
          }}
        >
          <div>
            <label>
              <span class={styles.label}>Date and time</span>
              <input
                ref={field}
                type="datetime-local"
                class={styles.input}
                min={fieldTime(new Date())}
                required
                aria-invalid={past() ? 'true' : undefined}
                aria-describedby="snooze-hint"
              />
            </label>
            <p class={styles.hint} id="snooze-hint" role="status">
              <Show when={past()}>Choose a time that is still to come.</Show>
            </p>
          </div>
          <div class={styles.actions}>
            <Button onClick={() => setPicking(false)}>Cancel</Button>
            <Button type="submit" look="primary">
              Snooze
            </Button>
          </div>
        </form>
      </Dialog>
    </>
  );
}
