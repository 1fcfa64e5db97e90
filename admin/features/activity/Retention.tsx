import { onMount, Show } from 'solid-js';
import { ACTIVITY_DAYS } from '../../../protocol/resources/activity-kinds.ts';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import lists from '../../components/lists.module.css';
import { WhenLoaded } from '../../components/Section.tsx';
import { createSaving } from '../../lib/saving.ts';
import { createOne } from '../../live/cache.ts';
import styles from './ActivityPage.module.css';
import { changeActivitySettings, getActivitySettings } from './api.ts';

const FOR_GOOD = 'for-good';

const CHOICES = [
  ...ACTIVITY_DAYS.map((days) => ({ value: String(days), label: spanOf(days) })),
  { value: FOR_GOOD, label: 'Forever' },
];

/** `90 days`, `3 years`. */
function spanOf(days: number): string {
  if (days < 365) return `${days} days`;
  const years = Math.round(days / 365);
  return years === 1 ? '1 year' : `${years} years`;
}

/** What activity is recorded, and for how long it is kept. */
export function Retention() {
  const settings = createOne({ fetch: getActivitySettings });
  const saving = createSaving();
  onMount(() => void settings.load());

  function change(next: Parameters<typeof changeActivitySettings>[0]): void {
    void saving
      .run(async () => settings.put(await changeActivitySettings(next)))
      .then((done) => (done ? undefined : settings.load()));
  }

  return (
    <section class={styles.keeping}>
      <h2 class={lists.heading}>Retention</h2>
      <WhenLoaded of={settings} what="settings">
        {(current) => (
          <>
            <div class={lists.alert} role="alert">
              <Show when={saving.refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
            </div>
            <SelectField
              label="Keep activity for"
              value={current().kept_days === null ? FOR_GOOD : String(current().kept_days)}
              choices={CHOICES}
              onChoose={(value) =>
                change({ keptDays: ACTIVITY_DAYS.find((days) => String(days) === value) ?? null })
              }
            />
            <CheckField
              label="Record what is done with conversations"
              hint="Who assigned, moved, labelled, snoozed, closed or reopened a conversation, and edited or deleted messages. Texts of messages are never recorded."
              checked={current().conversations}
              disabled={saving.busy()}
              onChange={(recordConversations) => change({ recordConversations })}
            />
            <p class={lists.hint}>Older activity is deleted every night and can’t be restored.</p>
          </>
        )}
      </WhenLoaded>
    </section>
  );
}
