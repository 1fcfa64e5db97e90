import { createEffect, createSignal, For, on, onCleanup, Show } from 'solid-js';
import type { Hours, ScheduleDay } from '../../../protocol/resources/schedule.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { Field } from '../../components/fields/Field.tsx';
import { previewSchedule, type SchedulePreview } from './api.ts';
import styles from './schedules.module.css';

/** Milliseconds without a change after which the preview is asked for. */
const SETTLED = 400;

/** What the hours mean: whether they are open at a time, and the next fortnight. */
export function Preview(props: { hours(): Hours }) {
  const [at, setAt] = createSignal('');
  const [preview, setPreview] = createSignal<SchedulePreview | null>(null);
  const [problem, setProblem] = createSignal<string | null>(null);
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  onCleanup(() => clearTimeout(timer));

  async function ask(request: Hours & { at?: string }): Promise<void> {
    const number = ++latest;
    try {
      const answer = await previewSchedule(request);
      if (number !== latest) return;
      setPreview(answer);
      setProblem(null);
    } catch (error) {
      if (number !== latest) return;
      const isUnfinished = error instanceof RequestError && error.fields !== undefined;
      setProblem(
        isUnfinished
          ? 'The preview returns once every time and date is valid.'
          : describeError(error),
      );
    }
  }

  createEffect(
    on(
      () => ({ ...props.hours(), ...(at() && { at: at() }) }),
      (request) => {
        clearTimeout(timer);
        timer = setTimeout(() => void ask(request), SETTLED);
      },
    ),
  );

  const zone = () => props.hours().timezone;
  const inZone = (options: Intl.DateTimeFormatOptions, date: string) =>
    new Intl.DateTimeFormat('en', { ...options, timeZone: zone() }).format(new Date(date));
  const time = (date: string) =>
    inZone({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, date);
  const moment = (date: string) =>
    inZone(
      {
        weekday: 'long',
        day: 'numeric',
        month: 'long',
        hour: '2-digit',
        minute: '2-digit',
        hourCycle: 'h23',
      },
      date,
    );
  const dayName = ({ date }: ScheduleDay) =>
    new Intl.DateTimeFormat('en', {
      weekday: 'short',
      day: 'numeric',
      month: 'short',
      timeZone: 'UTC',
    }).format(new Date(date));
  const answer = (result: SchedulePreview) => {
    const when = at() ? 'at that time' : 'now';
    if (result.open) return `Open ${when}.`;
    if (result.next_opening === null) return `Closed ${when}, and never open.`;
    return `Closed ${when}. Opens ${moment(result.next_opening)}.`;
  };

  return (
    <aside class={styles.preview} aria-label="Preview">
      <Field
        label="Is it open at …?"
        type="datetime-local"
        hint={`In ${zone().replaceAll('_', ' ')}. Empty: now.`}
        value={at()}
        onChange={(event) => setAt(event.currentTarget.value)}
      />
      <p class={styles.answer} role="status">
        <Show
          when={problem()}
          fallback={<Show when={preview()}>{(current) => answer(current())}</Show>}
        >
          {(text) => text()}
        </Show>
      </p>
      <Show when={problem() === null && preview()}>
        {(current) => (
          <table class={styles.days}>
            <caption class={styles.caption}>The next fortnight</caption>
            <tbody>
              <For each={current().days}>
                {(day) => (
                  <tr classList={{ [styles.differs ?? '']: day.is_exception }}>
                    <th scope="row">{dayName(day)}</th>
                    <td>
                      <For each={day.openings} fallback="Closed">
                        {(opening) => (
                          <span class={styles.opening}>
                            {time(opening.start)}–{time(opening.end)}
                          </span>
                        )}
                      </For>
                      <Show when={day.note}>{(note) => <p class={styles.hint}>{note()}</p>}</Show>
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        )}
      </Show>
    </aside>
  );
}
