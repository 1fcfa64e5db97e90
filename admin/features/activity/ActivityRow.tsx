import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import type { ActivityRecord } from '../../../protocol/resources/activity.ts';
import type { ActivityArea } from '../../../protocol/resources/activity-kinds.ts';
import { Button } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import { absoluteTime, clockTime } from '../../lib/relative-time.ts';
import styles from './ActivityPage.module.css';
import { differencesOf, type Part, sentenceOf } from './sentence.ts';

const ICONS: Record<ActivityArea, IconName> = {
  settings: 'settings',
  team: 'people',
  access: 'lock',
  presence: 'clock',
  customers: 'person',
  conversations: 'inbox',
  exports: 'down',
};

const iconOf = (area: string): IconName =>
  Object.entries(ICONS).find(([name]) => name === area)?.[1] ?? 'info';

/** One activity: its sentence, time and changed values. */
export function ActivityRow(props: { record: ActivityRecord; onSubject(id: string): void }) {
  const differences = () => differencesOf(props.record);
  return (
    <li class={styles.row}>
      <span class={styles.icon}>
        <Icon name={iconOf(props.record.area)} />
      </span>
      <div class={styles.body}>
        <p class={styles.sentence}>
          <For each={sentenceOf(props.record)}>{(part) => <Piece part={part} />}</For>
        </p>
        <Show when={differences().length > 0 || props.record.subject?.id}>
          <details class={styles.details}>
            <summary class={styles.summary}>Details</summary>
            <Show when={differences().length > 0}>
              <dl class={styles.differences}>
                <For each={differences()}>
                  {({ field, before, after }) => (
                    <div class={styles.difference}>
                      <dt class={styles.field}>{field}</dt>
                      <dd class={styles.values} dir="auto">
                        <Show when={before !== null}>
                          <span class={styles.before}>
                            <span class="visually-hidden">Before: </span>
                            {before}
                          </span>
                        </Show>
                        <Show when={before !== null && after !== null}>
                          <span aria-hidden="true"> → </span>
                        </Show>
                        <Show when={after !== null}>
                          <span>
                            <span class="visually-hidden">After: </span>
                            {after}
                          </span>
                        </Show>
                      </dd>
                    </div>
                  )}
                </For>
              </dl>
            </Show>
            <Show when={props.record.subject?.id}>
              {(id) => (
                <Button look="quiet" onClick={() => props.onSubject(id())}>
                  Show only this
                </Button>
              )}
            </Show>
          </details>
        </Show>
      </div>
      <time class={styles.time} dateTime={props.record.at} title={absoluteTime(props.record.at)}>
        {clockTime(props.record.at)}
      </time>
    </li>
  );
}

function Piece(props: { part: Part }) {
  return (
    <Show
      when={props.part.href}
      fallback={
        <Show when={props.part.strong} fallback={props.part.text}>
          <strong class={styles.name} dir="auto">
            {props.part.text}
          </strong>
        </Show>
      }
    >
      {(href) => (
        <A class={styles.link ?? ''} href={href()} dir="auto">
          {props.part.text}
        </A>
      )}
    </Show>
  );
}
