import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row } from '../../components/list/Rows.tsx';
import lists from '../../components/lists.module.css';
import { SaveMark } from '../../components/SaveMark.tsx';
import { createAutosave } from '../../lib/autosave.ts';
import { createRemoving } from '../../lib/removing.ts';
import { t } from '../../texts/settings.ts';
import { changeSettings } from '../settings/api.ts';
import { useSettings } from '../settings/settings.ts';
import { removeSchedule } from './api.ts';
import styles from './schedules.module.css';

const always = () => ({ value: '', label: t.schedules.empty });

/** The opening hours of the organization, by name, and which of them it follows. */
export function SchedulesPage() {
  const { schedules, settings, departments } = useSettings();
  const navigate = useNavigate();
  const saves = createAutosave();
  const removing = createRemoving();

  const choose = (value: string) =>
    saves.save('schedule', async () => {
      const answer = await changeSettings({ scheduleId: value || null });
      settings.put(answer.settings, answer.version);
    });
  const followers = (id: string) =>
    [
      ...(settings.value()?.schedule_id === id ? [t.schedules.yours] : []),
      ...(departments.value() ?? [])
        .filter(({ schedule_id }) => schedule_id === id)
        .map(({ name }) => name),
    ].join(', ');

  const all = () => schedules.value() ?? [];

  return (
    <ListPage
      of={schedules}
      what={t.sections.hours}
      icon="clock"
      title={t.sections.hours}
      text={t.schedules.text}
      add={{ label: t.schedules.add, run: () => navigate('/settings/hours/new') }}
      empty={{
        title: t.schedules.empty,
        text: t.schedules.emptyText,
      }}
      before={
        <Show when={all().length > 0}>
          <div class={styles.followed}>
            <SelectField
              label={t.schedules.organization}
              value={settings.value()?.schedule_id ?? ''}
              choices={[always(), ...all().map(({ id, name }) => ({ value: id, label: name }))]}
              onChoose={(value) => void choose(value)}
            />
            <SaveMark of="schedule" saves={saves} />
            <p class={styles.hint}>{t.schedules.own}</p>
          </div>
        </Show>
      }
    >
      {(schedule) => (
        <Row
          name={schedule.name}
          href={`/settings/hours/${schedule.id}`}
          detail={
            <>
              {schedule.timezone.replaceAll('_', ' ')}
              <Show
                when={followers(schedule.id)}
                fallback={<span class={lists.tag}>{t.schedules.unused}</span>}
              >
                {(names) => <> · {names()}</>}
              </Show>
            </>
          }
          remove={removing.of(schedule.id, async () => {
            await removeSchedule(schedule.id);
            schedules.remove(schedule.id);
          })}
        />
      )}
    </ListPage>
  );
}
