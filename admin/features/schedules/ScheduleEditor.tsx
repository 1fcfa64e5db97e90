import { useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, on, Show } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import type { Schedule } from '../../../protocol/resources/schedule.ts';
import { Button } from '../../components/Button.tsx';
import page from '../../components/editor.module.css';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import lists from '../../components/lists.module.css';
import { RemoveButton } from '../../components/RemoveButton.tsx';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
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
  const savedDraft = () => (props.schedule ? toDraft(props.schedule) : newDraft(ownZone()));
  const saved = createMemo(savedDraft, undefined, { equals: isSame });
  const [base, setBase] = createSignal(saved());
  const [draft, setDraft] = createStore<Draft>(structuredClone(saved()));
  const saving = createSaving();
  let form: HTMLFormElement | undefined;

  const changed = createMemo(() => !isSame(draft, base()));
  const overtaken = () => changed() && !saving.busy() && !isSame(saved(), base());
  warnBeforeLeaving(changed);

  function reset(to: Draft = saved()): void {
    setBase(to);
    setDraft(reconcile(structuredClone(to), { key: 'key' }));
  }
  // Untouched, it follows what others do.
  createEffect(on(saved, () => changed() || saving.busy() || reset(), { defer: true }));

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const isSaved = await saving.run(async () => {
      const request = { name: draft.name, ...toHours(unwrap(draft)) };
      const answer = await saveSchedule(props.schedule?.id ?? null, request);
      reset(toDraft(answer));
      await schedules.load();
      showToast({ tone: 'plain', text: `${answer.name} is saved.` });
      if (!props.schedule) navigate(`/settings/hours/${answer.id}`, { replace: true });
    });
    if (!isSaved) form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }

  const remove = (id: string) =>
    saving.run(async () => {
      await removeSchedule(id);
      setBase({ ...unwrap(draft) });
      navigate('/settings/hours', { replace: true });
      await schedules.load();
    });

  return (
    <div class={page.columns}>
      <form ref={form} class={page.form} onSubmit={save} noValidate>
        <div class={lists.alert} role="alert">
          <Show when={saving.refusal()}>
            {(text) => <p class={lists.refusal}>Not saved. {text()}</p>}
          </Show>
        </div>
        <Show when={overtaken()}>
          <p class={page.note} role="status">
            Somebody else changed these hours meanwhile. Saving replaces what they did.{' '}
            <button type="button" class={page.link} onClick={() => reset()}>
              Show theirs instead
            </button>
          </p>
        </Show>
        <Field
          label="Name"
          required
          autocomplete="off"
          data-max={MAX_NAME_LENGTH}
          value={draft.name}
          error={saving.problems().name}
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
          problems={saving.problems()}
          onChange={(day, slots) => setDraft('weekly', day, slots)}
        />
        <Exceptions
          exceptions={draft.exceptions}
          problems={saving.problems()}
          onChange={(exceptions) => setDraft('exceptions', reconcile(exceptions, { key: 'key' }))}
        />
        <div class={page.bar}>
          <Button
            type="submit"
            look="primary"
            busy={saving.busy()}
            disabled={!changed() && props.schedule !== null}
          >
            {saving.busy() ? 'Saving…' : 'Save'}
          </Button>
          <Show when={changed() && props.schedule}>
            <Button look="quiet" disabled={saving.busy()} onClick={() => reset()}>
              Discard changes
            </Button>
          </Show>
          <Show when={props.schedule}>
            {(schedule) => (
              <RemoveButton busy={saving.busy()} onRemove={() => void remove(schedule().id)} />
            )}
          </Show>
        </div>
      </form>
      <Preview hours={() => toHours(draft)} />
    </div>
  );
}
