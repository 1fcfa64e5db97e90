import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { reconcile } from 'solid-js/store';
import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import type { Schedule } from '../../../protocol/resources/schedule.ts';
import page from '../../components/editor.module.css';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { RemoveButton } from '../../components/RemoveButton.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { createForm } from '../../lib/form.ts';
import { t } from '../../texts/settings.ts';
import { useSettings } from '../settings/settings.ts';
import { removeSchedule, saveSchedule } from './api.ts';
import { type Draft, isSame, newDraft, toDraft, toHours } from './draft.ts';
import { Exceptions } from './Exceptions.tsx';
import { Preview } from './Preview.tsx';
import { Week } from './Week.tsx';

const ownZone = () => Intl.DateTimeFormat().resolvedOptions().timeZone;

/** All zones that the browser knows, and the one that is set, should it know less. */
function zones(current: string): { value: string; label: string }[] {
  const names = new Set(['UTC', ...Intl.supportedValuesOf('timeZone'), current]);
  return [...names].sort().map((value) => ({ value, label: value.replaceAll('_', ' ') }));
}

/** Edits opening hours, or adds some; what was changed stays until it is saved. */
export function ScheduleEditor(props: { schedule: Schedule | null }) {
  const { schedules } = useSettings();
  const navigate = useNavigate();
  const form = createForm<Draft>({
    saved: () => (props.schedule ? toDraft(props.schedule) : newDraft(ownZone())),
    isSame,
    async save(changed) {
      const request = { name: changed.name, ...toHours(changed) };
      const { schedule, version } = await saveSchedule(props.schedule?.id ?? null, request);
      schedules.put(schedule, version);
      created = schedule.id;
      return toDraft(schedule);
    },
  });
  const { draft, setDraft, problems } = form;
  let created: string | undefined;

  async function save(event: SubmitEvent): Promise<void> {
    const isSaved = await form.submit(event);
    if (isSaved && !props.schedule) navigate(`/settings/hours/${created}`, { replace: true });
  }

  const remove = (id: string) =>
    form.run(async () => {
      await removeSchedule(id);
      form.settle();
      navigate('/settings/hours', { replace: true });
      schedules.remove(id);
    });

  return (
    <div class={page.columns}>
      <form ref={form.ref} class={page.form} onSubmit={save} noValidate>
        <FormNotes form={form} />
        <Field
          label="Name"
          required
          autocomplete="off"
          data-max={MAX_NAME_LENGTH}
          value={draft.name}
          error={problems().name}
          onInput={(event) => setDraft('name', event.currentTarget.value)}
        />
        <SelectField
          label="Time zone"
          value={draft.timezone}
          choices={zones(draft.timezone)}
          onChoose={(value) => setDraft('timezone', value)}
        />
        <Week
          weekly={draft.weekly}
          problems={problems()}
          onChange={(day, slots) => setDraft('weekly', day, slots)}
        />
        <Exceptions
          exceptions={draft.exceptions}
          problems={problems()}
          onChange={(exceptions) => setDraft('exceptions', reconcile(exceptions, { key: 'key' }))}
        />
        <SaveBar form={form} create={props.schedule ? undefined : t.schedules.create}>
          <Show when={props.schedule}>
            {(schedule) => (
              <RemoveButton busy={form.busy()} onRemove={() => void remove(schedule().id)} />
            )}
          </Show>
        </SaveBar>
      </form>
      <Preview hours={() => toHours(draft)} />
    </div>
  );
}
