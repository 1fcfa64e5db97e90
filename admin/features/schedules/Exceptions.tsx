import { For, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { type DraftException, problemOf } from './draft.ts';
import { Slots } from './Slots.tsx';
import styles from './schedules.module.css';

/** Dates that differ from the week: holidays, a fair, a longer evening. */
export function Exceptions(props: {
  exceptions: readonly DraftException[];
  problems: Record<string, string>;
  onChange(exceptions: DraftException[]): void;
}) {
  const change = (key: string, part: Partial<DraftException>) =>
    props.onChange(
      props.exceptions.map((exception) =>
        exception.key === key ? { ...exception, ...part } : exception,
      ),
    );
  const add = () =>
    props.onChange([
      ...props.exceptions,
      { key: crypto.randomUUID(), date: '', yearly: false, slots: [], note: '' },
    ]);

  return (
    <fieldset class={styles.group}>
      <legend class={styles.legend}>Dates that differ</legend>
      <p class={styles.hint}>
        Holidays, and days with other hours. What you set for a date replaces the week’s hours.
      </p>
      <For each={props.exceptions}>
        {(exception, index) => (
          <div class={styles.exception}>
            <Field
              label="Date"
              type="date"
              required
              value={exception.date}
              error={problemOf(props.problems, `exceptions.${index()}.date`)}
              onChange={(event) => change(exception.key, { date: event.currentTarget.value })}
            />
            <CheckField
              label="Every year"
              checked={exception.yearly}
              onChange={(yearly) => change(exception.key, { yearly })}
            />
            <Slots
              of={exception.date || 'the new date'}
              slots={exception.slots}
              error={problemOf(props.problems, `exceptions.${index()}.hours`)}
              onChange={(slots) => change(exception.key, { slots })}
            />
            <Field
              label="Note to visitors"
              hint="Shown while you are closed on this date, instead of when you are back."
              value={exception.note}
              error={problemOf(props.problems, `exceptions.${index()}.note`)}
              onInput={(event) => change(exception.key, { note: event.currentTarget.value })}
            />
            <Button
              look="quiet"
              onClick={() =>
                props.onChange(props.exceptions.filter(({ key }) => key !== exception.key))
              }
            >
              Remove this date
            </Button>
          </div>
        )}
      </For>
      <Show when={props.problems.exceptions}>{(text) => <p class={styles.error}>{text()}</p>}</Show>
      <div>
        <Button onClick={add}>Add a date</Button>
      </div>
    </fieldset>
  );
}
