import { createSignal, For, onMount, Show } from 'solid-js';
import type { SystemHealth, SystemPart, SystemState } from '../../../protocol/resources/health.ts';
import { Button } from '../../components/Button.tsx';
import { Icon, type IconName } from '../../components/Icon.tsx';
import lists from '../../components/lists.module.css';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { Time } from '../../components/Time.tsx';
import { createOne } from '../../live/cache.ts';
import { getSystemHealth } from './api.ts';
import styles from './SystemPage.module.css';

const PARTS: Record<SystemPart, string> = {
  configuration: 'Configuration',
  database: 'Database',
  migrations: 'Migrations',
  objects: 'Live conversations',
  files: 'Files',
  mail: 'E-mail',
  jobs: 'Nightly jobs',
};

const STATES: Record<SystemState, { label: string; icon: IconName }> = {
  ok: { label: 'Works', icon: 'closed' },
  off: { label: 'Off', icon: 'close' },
  warning: { label: 'Needs attention', icon: 'alert' },
  failed: { label: 'Not working', icon: 'alert' },
};

/** The health of each part of the installation, and what to do about problems. */
export function SystemPage() {
  const health = createOne({ fetch: getSystemHealth });
  const [busy, setBusy] = createSignal(false);

  async function look(): Promise<void> {
    setBusy(true);
    await health.load();
    setBusy(false);
  }
  onMount(() => void look());

  return (
    <Section
      title="System"
      text="The state of this installation. Only owners and admins can see this page."
      action={
        <Button busy={busy()} onClick={() => void look()}>
          Check again
        </Button>
      }
    >
      <WhenLoaded of={health} what="checks">
        {(report) => (
          <>
            <p>{summary(report())}</p>
            <ul class={lists.list} aria-label="Parts">
              <For each={report().parts}>{(part) => <Part {...part} />}</For>
            </ul>
            <p class={lists.hint}>
              Foyer {report().version} on {report().database === 'd1' ? 'D1' : 'Postgres'}
              <Show when={report().deployment}>{(id) => <>, deployment {id()}</>}</Show>. Checked{' '}
              <Time time={report().checked_at} ago />.
            </p>
          </>
        )}
      </WhenLoaded>
    </Section>
  );
}

function Part(props: SystemHealth['parts'][number]) {
  const state = () => STATES[props.state];
  return (
    <li class={`${lists.row} ${styles.part}`}>
      <span class={styles[props.state]}>
        <Icon name={state().icon} />
      </span>
      <div class={lists.body}>
        <h2 class={styles.name}>
          {PARTS[props.part]} <span class={lists.tag}>{state().label}</span>
        </h2>
        <For each={props.findings}>
          {(part) => (
            <p class={styles.finding}>
              {part.text}
              <Show when={part.todo}>
                {(advice) => <span class={styles.todo}>{advice()}</span>}
              </Show>
            </p>
          )}
        </For>
      </div>
    </li>
  );
}

function summary({ parts }: SystemHealth): string {
  const count = (state: SystemState) => parts.filter((part) => part.state === state).length;
  const failed = count('failed');
  const warnings = count('warning');
  if (failed > 0) return failed === 1 ? '1 part isn’t working.' : `${failed} parts aren’t working.`;
  if (warnings === 0) return 'Everything works.';
  return warnings === 1 ? '1 part needs attention.' : `${warnings} parts need attention.`;
}
