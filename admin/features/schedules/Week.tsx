import { createSignal, For, Show } from 'solid-js';
import { WEEKDAYS, type Weekday } from '../../../protocol/resources/schedule.ts';
import { Button } from '../../components/Button.tsx';
import {
  clock,
  copied,
  DAY,
  DAY_NAMES,
  type Draft,
  type DraftSlot,
  draw,
  problemOf,
  spanOf,
  WORKDAYS,
} from './draft.ts';
import { Slots } from './Slots.tsx';
import styles from './schedules.module.css';

/** The week: each day a line from midnight to midnight that one draws on, and times to type. */
export function Week(props: {
  weekly: Draft['weekly'];
  problems: Record<string, string>;
  onChange(day: Weekday, slots: DraftSlot[]): void;
}) {
  return (
    <fieldset class={styles.group}>
      <legend class={styles.legend}>Every week</legend>
      <p class={styles.hint}>
        Draw on a line, or type the times. Hours that close at an earlier time than they open run
        over midnight.
      </p>
      <For each={WEEKDAYS}>
        {(day) => (
          <div class={styles.day}>
            <span class={styles.dayName}>{DAY_NAMES[day]}</span>
            <Line slots={props.weekly[day]} onChange={(slots) => props.onChange(day, slots)} />
            <Slots
              of={DAY_NAMES[day]}
              slots={props.weekly[day]}
              error={problemOf(props.problems, `weekly.${day}`)}
              onChange={(slots) => props.onChange(day, slots)}
            />
            <Show when={day === 'mon'}>
              <Button
                look="quiet"
                onClick={() => {
                  for (const other of WORKDAYS.slice(1)) {
                    props.onChange(other, copied(props.weekly.mon));
                  }
                }}
              >
                Copy to Tuesday to Friday
              </Button>
            </Show>
          </div>
        )}
      </For>
    </fieldset>
  );
}

/** A day from midnight to midnight. It repeats what the times beside it say, so that it is hidden from screen readers. */
function Line(props: { slots: readonly DraftSlot[]; onChange(slots: DraftSlot[]): void }) {
  const [drawn, setDrawn] = createSignal<{ from: number; to: number } | null>(null);
  let line: HTMLDivElement | undefined;

  const minuteAt = (event: PointerEvent): number => {
    const box = line?.getBoundingClientRect();
    if (!box) return 0;
    const isRightToLeft = getComputedStyle(line ?? document.body).direction === 'rtl';
    const part = (event.clientX - box.left) / box.width;
    return Math.round((isRightToLeft ? 1 - part : part) * DAY);
  };

  function begin(event: PointerEvent): void {
    if (event.button !== 0) return;
    line?.setPointerCapture(event.pointerId);
    const from = minuteAt(event);
    setDrawn({ from, to: from });
  }

  function end(event: PointerEvent): void {
    const now = drawn();
    setDrawn(null);
    if (now) props.onChange(draw(props.slots, now.from, minuteAt(event)));
  }

  const shown = () => {
    const now = drawn();
    return now ? draw(props.slots, now.from, now.to) : props.slots;
  };

  return (
    <div
      ref={line}
      class={styles.line}
      aria-hidden="true"
      onPointerDown={begin}
      onPointerMove={(event) => {
        const now = drawn();
        if (now) setDrawn({ ...now, to: minuteAt(event) });
      }}
      onPointerUp={end}
      onPointerCancel={() => setDrawn(null)}
    >
      <For each={[6, 12, 18]}>
        {(hour) => (
          <span class={styles.hour} style={{ 'inset-inline-start': `${(hour / 24) * 100}%` }}>
            {clock(hour * 60)}
          </span>
        )}
      </For>
      <For each={shown()}>
        {(slot) => (
          <span
            class={styles.bar}
            classList={{ [styles.onward ?? '']: spanOf(slot).isOverMidnight }}
            style={{
              'inset-inline-start': `${(spanOf(slot).start / DAY) * 100}%`,
              'inline-size': `${((spanOf(slot).end - spanOf(slot).start) / DAY) * 100}%`,
            }}
          />
        )}
      </For>
    </div>
  );
}
