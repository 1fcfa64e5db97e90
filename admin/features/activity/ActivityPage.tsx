import { useSearchParams } from '@solidjs/router';
import { createEffect, createMemo, For, on, Show } from 'solid-js';
import type { ActivityRecord } from '../../../protocol/resources/activity.ts';
import { Button } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Message } from '../../components/Message.tsx';
import { Section } from '../../components/Section.tsx';
import { Skeleton } from '../../components/Skeleton.tsx';
import { now } from '../../lib/clock.ts';
import { createPaged } from '../../lib/paged.ts';
import { dayName } from '../../lib/relative-time.ts';
import { JobsPanel } from '../jobs/JobsPanel.tsx';
import styles from './ActivityPage.module.css';
import { ActivityRow } from './ActivityRow.tsx';
import { type ActivityQuery, activityFile, listActivity } from './api.ts';
import { Filters } from './Filters.tsx';
import { queryOf } from './query.ts';
import { Retention } from './Retention.tsx';

/** The log of what people did in the workspace, and when. */
export default function ActivityPage() {
  const [params, setParams] = useSearchParams();
  const query = createMemo(() => queryOf(params), undefined, { equals: isSameQuery });
  const list = createPaged<ActivityRecord>();
  createEffect(on(query, (current) => list.show((cursor) => listActivity(current, cursor))));
  const narrowed = () => Object.keys(query()).some((name) => name !== 'without');
  const clear = () => setParams({ kind: null, actor: null, subject: null, from: null, to: null });

  return (
    <Section
      title="Activity"
      text="Who did what in your workspace, and when. Only owners and admins can see this page."
      action={
        <a class={styles.export} href={activityFile(query())} download="activity.csv">
          <Icon name="down" /> Export as CSV
        </a>
      }
    >
      <JobsPanel />
      <Filters params={params} onChange={setParams} onClear={narrowed() ? clear : null} />
      <Show when={list.error()}>
        {(text) => (
          <Message alert icon="alert" title="Couldn’t load activity" text={text()}>
            <Button onClick={list.retry}>Try again</Button>
          </Message>
        )}
      </Show>
      <Show when={list.items()} fallback={<Loading shown={list.error() === null} />}>
        {(items) => (
          <Show
            when={items().length > 0 || list.hasMore()}
            fallback={
              <Message
                icon="clock"
                title={narrowed() ? 'No matches' : 'No activity yet'}
                text={
                  narrowed()
                    ? 'Remove a filter to see more.'
                    : 'Sign-ins, changes to settings and the team, and exports appear here.'
                }
              >
                <Show when={narrowed()}>
                  <Button onClick={clear}>Show all activity</Button>
                </Show>
              </Message>
            }
          >
            <Days items={items()} onSubject={(subject) => setParams({ subject })} />
            <Show when={list.hasMore()}>
              <div class={styles.more}>
                <Button busy={list.busy()} onClick={list.more}>
                  {list.busy() ? 'Loading…' : 'Load older activity'}
                </Button>
              </div>
            </Show>
          </Show>
        )}
      </Show>
      <Retention />
    </Section>
  );
}

const isSameQuery = (a: ActivityQuery, b: ActivityQuery) => JSON.stringify(a) === JSON.stringify(b);

function Days(props: { items: readonly ActivityRecord[]; onSubject(id: string): void }) {
  const days = createMemo(() => byDay(props.items, now()));
  return (
    <For each={[...days().keys()]}>
      {(day) => (
        <section class={styles.day}>
          <h2 class={styles.dayName}>{day}</h2>
          <ul class={styles.list}>
            <For each={days().get(day)}>
              {(record) => <ActivityRow record={record} onSubject={props.onSubject} />}
            </For>
          </ul>
        </section>
      )}
    </For>
  );
}

/** The activities grouped by the name of their day. */
function byDay(items: readonly ActivityRecord[], time: number): Map<string, ActivityRecord[]> {
  const days = new Map<string, ActivityRecord[]>();
  for (const record of items) {
    const name = dayName(record.at, time);
    days.set(name, [...(days.get(name) ?? []), record]);
  }
  return days;
}

function Loading(props: { shown: boolean }) {
  return (
    <Show when={props.shown}>
      <div class={styles.loading} aria-busy="true">
        <span class="visually-hidden">Loading activity</span>
        <For each={['line', 'half', 'line', 'half', 'line'] as const}>
          {(shape) => (
            <div class={styles.row}>
              <Skeleton shape="avatar" />
              <Skeleton shape={shape} />
            </div>
          )}
        </For>
      </div>
    </Show>
  );
}
