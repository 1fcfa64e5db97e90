import { A, useNavigate } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import lists from '../../components/lists.module.css';
import { Message } from '../../components/Message.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { createSaving } from '../../lib/saving.ts';
import { changeSettings } from '../settings/api.ts';
import { useSettings } from '../settings/settings.ts';
import styles from './schedules.module.css';

const ALWAYS = { value: '', label: 'Always open' };

/** The opening hours of the organization, by name, and which of them it follows. */
export function SchedulesPage() {
  const { schedules, settings, departments } = useSettings();
  const navigate = useNavigate();
  const saving = createSaving();

  const choose = (value: string) =>
    saving.run(async () => {
      await changeSettings({ scheduleId: value || null });
      await settings.load();
    });
  const followers = (id: string) =>
    [
      ...(settings.value()?.schedule_id === id ? ['your organization'] : []),
      ...(departments.value() ?? [])
        .filter(({ schedule_id }) => schedule_id === id)
        .map(({ name }) => name),
    ].join(', ');

  return (
    <Section
      title="Opening hours"
      text="While you are closed, the widget says when you are back. Visitors can still leave a message, unless a department is hidden then."
      action={
        <Button look="primary" onClick={() => navigate('/settings/hours/new')}>
          New hours
        </Button>
      }
    >
      <WhenLoaded of={schedules} what="opening hours">
        {(all) => (
          <Show
            when={all().length > 0}
            fallback={
              <Message
                icon="clock"
                title="Always open"
                text="Without opening hours, visitors only see whether somebody is online."
              />
            }
          >
            <div class={lists.alert} role="alert">
              <Show when={saving.refusal()}>
                {(text) => <p class={lists.refusal}>Not saved. {text()}</p>}
              </Show>
            </div>
            <div class={styles.followed}>
              <SelectField
                label="Hours of your organization"
                value={settings.value()?.schedule_id ?? ''}
                choices={[ALWAYS, ...all().map(({ id, name }) => ({ value: id, label: name }))]}
                onChoose={(value) => void choose(value)}
              />
              <p class={styles.hint}>A department can have its own, on its page.</p>
            </div>
            <ul class={lists.list}>
              <For each={all()}>
                {(schedule) => (
                  <li class={lists.row}>
                    <div class={lists.body}>
                      <A
                        class={lists.name ?? ''}
                        dir="auto"
                        href={`/settings/hours/${schedule.id}`}
                      >
                        {schedule.name}
                      </A>
                      <p class={lists.detail}>
                        {schedule.timezone.replaceAll('_', ' ')}
                        <Show
                          when={followers(schedule.id)}
                          fallback={<span class={lists.tag}>Not in use</span>}
                        >
                          {(names) => <> · {names()}</>}
                        </Show>
                      </p>
                    </div>
                  </li>
                )}
              </For>
            </ul>
          </Show>
        )}
      </WhenLoaded>
    </Section>
  );
}
