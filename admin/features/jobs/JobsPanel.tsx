import { createEffect, createSignal, For, onCleanup, onMount, Show } from 'solid-js';
import type { Job } from '../../../protocol/resources/job.ts';
import { Button } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import lists from '../../components/lists.module.css';
import { WhenLoaded } from '../../components/Section.tsx';
import { Time } from '../../components/Time.tsx';
import { createSaving } from '../../lib/saving.ts';
import { isVisible } from '../../lib/visible.ts';
import { createCache } from '../../live/cache.ts';
import { useSession } from '../session/session.ts';
import { cancelJob, listJobs, resumeJob, startRebuild } from './api.ts';
import styles from './JobsPanel.module.css';
import { countTexts, errorText, KINDS, progressText, STATES, starterText } from './job-text.ts';

/** Milliseconds between two requests while a job runs. */
const POLL_INTERVAL = 2_000;

/** How many jobs are shown before “Show all”. */
const MAX_SHOWN = 3;

const ICONS: Record<Job['state'], IconName> = {
  running: 'clock',
  done: 'closed',
  failed: 'alert',
  cancelled: 'close',
};

/** The background jobs of the organization: their progress, and the owners' actions. */
export function JobsPanel() {
  const { me } = useSession();
  const jobs = createCache({ fetch: listJobs, idOf: ({ id }) => id });
  const saving = createSaving();
  const [all, setAll] = createSignal(false);
  const isOwner = () => me.role === 'owner';
  const runs = () => jobs.value()?.some(({ state }) => state === 'running') ?? false;

  onMount(() => void jobs.load());

  // Only while a job runs and the tab is visible.
  createEffect(() => {
    if (!runs() || !isVisible()) return;
    const timer = setInterval(() => void jobs.load(), POLL_INTERVAL);
    onCleanup(() => clearInterval(timer));
  });

  async function act(work: () => Promise<void>): Promise<void> {
    await saving.run(work);
    await jobs.load();
  }

  return (
    <section class={styles.panel} aria-labelledby="jobs-title">
      <header class={styles.header}>
        <div>
          <h2 id="jobs-title" class={styles.title}>
            Background jobs
          </h2>
          <p class={lists.hint}>
            A rebuild reads every conversation again and corrects lists, customer totals and search
            where they differ. Your team can keep working.
          </p>
        </div>
        <Show when={isOwner()}>
          <Button busy={saving.busy()} disabled={runs()} onClick={() => void act(startRebuild)}>
            Rebuild lists and search
          </Button>
        </Show>
      </header>
      <div role="alert" class={lists.alert}>
        <Show when={saving.refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
      </div>
      <WhenLoaded of={jobs} what="jobs">
        {(loaded) => (
          <Show
            when={loaded().length > 0}
            fallback={
              <p class={styles.empty}>
                No jobs yet. {isOwner() ? '' : 'Owners can start a rebuild. '}Jobs appear here with
                what they changed.
              </p>
            }
          >
            <ul class={lists.list} aria-label="Background jobs">
              <For each={all() ? loaded() : loaded().slice(0, MAX_SHOWN)}>
                {(job) => (
                  <Row
                    job={job}
                    mayAct={isOwner()}
                    busy={saving.busy()}
                    runs={runs()}
                    onCancel={() => void act(() => cancelJob(job.id))}
                    onResume={() => void act(() => resumeJob(job.id))}
                  />
                )}
              </For>
            </ul>
            <Show when={!all() && loaded().length > MAX_SHOWN}>
              <Button look="quiet" onClick={() => setAll(true)}>
                Show all {loaded().length}
              </Button>
            </Show>
          </Show>
        )}
      </WhenLoaded>
    </section>
  );
}

function Row(props: {
  job: Job;
  mayAct: boolean;
  busy: boolean;
  /** Whether a job runs. Only one may run at a time. */
  runs: boolean;
  onCancel: () => void;
  onResume: () => void;
}) {
  const isRunning = () => props.job.state === 'running';
  const mayResume = () => ['failed', 'cancelled'].includes(props.job.state) && !props.runs;
  return (
    <li class={`${lists.row} ${styles.row}`}>
      <span class={styles[props.job.state]}>
        <Icon name={ICONS[props.job.state]} />
      </span>
      <div class={lists.body}>
        <h3 class={styles.name}>
          {KINDS[props.job.kind]} <span class={lists.tag}>{STATES[props.job.state]}</span>
        </h3>
        <Show when={isRunning()}>
          <progress
            class={styles.progress}
            aria-label="Progress"
            max={
              props.job.total === null ? undefined : Math.max(1, props.job.done, props.job.total)
            }
            value={props.job.total === null ? undefined : props.job.done}
          />
        </Show>
        <p class={styles.text}>{progressText(props.job)}</p>
        <Show when={errorText(props.job)}>{(text) => <p class={styles.text}>{text()}</p>}</Show>
        <For each={countTexts(props.job)}>{(text) => <p class={styles.text}>{text}</p>}</For>
        <p class={lists.hint}>
          Started by {starterText(props.job.started_by)} <Time time={props.job.created_at} ago />
          <Show when={props.job.finished_at}>
            {(time) => (
              <>
                , ended <Time time={time()} ago />
              </>
            )}
          </Show>
        </p>
      </div>
      <Show when={props.mayAct && isRunning()}>
        <Button look="quiet" disabled={props.busy} onClick={props.onCancel}>
          Cancel
        </Button>
      </Show>
      <Show when={props.mayAct && mayResume()}>
        <Button look="quiet" disabled={props.busy} onClick={props.onResume}>
          Continue
        </Button>
      </Show>
    </li>
  );
}
