import { useNavigate } from '@solidjs/router';
import { createEffect, createMemo, createSignal, For, on, Show } from 'solid-js';
import { createStore, reconcile, unwrap } from 'solid-js/store';
import { MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import styles from '../../components/editor.module.css';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import lists from '../../components/lists.module.css';
import { showToast } from '../../lib/toasts.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
import { problemOf } from '../auto-close/draft.ts';
import { useSettings } from '../settings/settings.ts';
import { changeDepartment, createDepartment, type DepartmentChange } from './api.ts';
import { type Draft, isSame, toChange, toDraft, toProblems } from './draft.ts';
import { FormBuilder } from './FormBuilder.tsx';
import { FormPreview } from './FormPreview.tsx';
import { clearDraft, storeDraft, storedDraft } from './stored-draft.ts';

const CLOSING = [
  { value: 'inherit', label: 'Same as under Closing' },
  { value: 'off', label: 'Stay open' },
  { value: 'own', label: 'Close after a different time' },
] as const;

const isClosing = (value: string): value is (typeof CLOSING)[number]['value'] =>
  CLOSING.some((choice) => choice.value === value);

/** Edits a department, or creates one. The draft stays until it is saved. */
export function DepartmentEditor(props: { department: DepartmentRecord | null }) {
  const { departments, members, schedules, settings, team } = useSettings();
  const navigate = useNavigate();
  const id = props.department?.id ?? null;
  const saved = createMemo(() => toDraft(props.department), undefined, { equals: isSame });
  /**
   * The department that the draft started from. If the saved one differs, someone else changed it.
   */
  const [base, setBase] = createSignal(saved());
  const [draft, setDraft] = createStore<Draft>(storedDraft(id) ?? structuredClone(saved()));
  const [problems, setProblems] = createSignal<Record<string, string>>({});
  const [refusal, setRefusal] = createSignal<string | null>(null);
  const [busy, setBusy] = createSignal(false);
  let form: HTMLFormElement | undefined;

  const changed = createMemo(() => !isSame(draft, base()));
  const changedElsewhere = () => changed() && !busy() && !isSame(saved(), base());
  warnBeforeLeaving(changed, () => clearDraft(id));
  createEffect(() => {
    if (changed()) storeDraft(id, draft);
    else clearDraft(id);
  });

  function reset(): void {
    setBase(saved());
    setDraft(reconcile(structuredClone(saved()), { key: 'key' }));
    setProblems({});
    setRefusal(null);
  }

  // Follows the changes of others until it is edited.
  createEffect(on(saved, () => changed() || busy() || reset(), { defer: true }));

  async function send(change: DepartmentChange): Promise<DepartmentRecord | null> {
    setBusy(true);
    setRefusal(null);
    try {
      const { department } = props;
      const answer = department
        ? await changeDepartment(department.id, change)
        : await createDepartment({ ...change, name: draft.name });
      await departments.load();
      return answer;
    } catch (error) {
      setRefusal(`Not saved. ${describeError(error)}`);
      if (error instanceof RequestError) setProblems(toProblems(error.fields ?? {}, draft));
      form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
      return null;
    } finally {
      setBusy(false);
    }
  }

  async function save(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (busy()) return;
    const autoClose = problemOf(draft.autoClose);
    setProblems({ ...(autoClose && { autoClose }) });
    if (autoClose) return;
    const answer = await send(toChange(unwrap(draft)));
    if (!answer) return;
    const savedDraft = toDraft(answer);
    setBase(savedDraft);
    setDraft(reconcile(structuredClone(savedDraft), { key: 'key' }));
    showToast({ tone: 'plain', text: `${answer.name} saved.` });
    if (!props.department) navigate(`/settings/departments/${answer.id}`, { replace: true });
  }

  async function archive(archived: boolean): Promise<void> {
    const answer = await send({ archived });
    if (!answer) return;
    const text = archived ? 'archived.' : 'unarchived.';
    showToast({ tone: 'plain', text: `${answer.name} ${text}` });
  }

  function setMember(id: string, isMember: boolean): void {
    const others = draft.memberIds.filter((memberId) => memberId !== id);
    setDraft('memberIds', isMember ? [...others, id] : others);
  }

  return (
    <div class={styles.columns}>
      <form ref={form} class={styles.form} onSubmit={save} noValidate>
        <div class={lists.alert} role="alert">
          <Show when={refusal()}>{(text) => <p class={lists.refusal}>{text()}</p>}</Show>
        </div>
        <Show when={changedElsewhere()}>
          <p class={styles.note} role="status">
            Someone else changed this department. Saving overwrites their changes.{' '}
            <button type="button" class={styles.link} onClick={reset}>
              Show their version
            </button>
          </p>
        </Show>
        <Field
          label="Name"
          required
          data-max={MAX_NAME_LENGTH}
          value={draft.name}
          error={problems().name}
          onInput={(event) => setDraft('name', event.currentTarget.value)}
        />
        <Field
          label="Description"
          hint="Shown under the name when visitors choose."
          data-max={MAX_DESCRIPTION_LENGTH}
          value={draft.description}
          error={problems().description}
          onInput={(event) => setDraft('description', event.currentTarget.value)}
        />
        <CheckField
          label="Show to visitors"
          hint="When hidden, only agents can move conversations here."
          checked={draft.visible}
          onChange={(visible) => setDraft('visible', visible)}
        />
        <Show when={(schedules.value() ?? []).length > 0}>
          <SelectField
            label="Opening hours"
            value={draft.scheduleId ?? ''}
            choices={[
              { value: '', label: 'Same as under Opening hours' },
              ...(schedules.value() ?? []).map((schedule) => ({
                value: schedule.id,
                label: schedule.name,
              })),
            ]}
            onChoose={(value) => setDraft('scheduleId', value || null)}
          />
        </Show>
        <CheckField
          label="Hide when closed or no one is online"
          hint="Otherwise visitors can leave a message and see when you’re back or how soon you usually reply."
          checked={draft.offline === 'hide'}
          onChange={(hide) => setDraft('offline', hide ? 'hide' : 'show')}
        />
        <SelectField
          label="When visitors don’t reply"
          value={draft.autoClose.choice}
          choices={CLOSING}
          onChoose={(value) =>
            setDraft('autoClose', 'choice', isClosing(value) ? value : 'inherit')
          }
        />
        <Show when={draft.autoClose.choice === 'own'}>
          <Field
            label="Hours without a reply"
            inputmode="numeric"
            required
            value={draft.autoClose.hours}
            error={problems().autoClose}
            onInput={(event) => setDraft('autoClose', 'hours', event.currentTarget.value)}
          />
        </Show>
        <FormBuilder draft={draft} setDraft={setDraft} problems={problems()} />
        <fieldset class={styles.group}>
          <legend class={styles.legend}>Members</legend>
          <p class={styles.hint}>
            {team.value()?.restrict_agents
              ? 'Other agents only see conversations they’re assigned to or mentioned in. Owners and admins see everything.'
              : 'Every agent can still see and answer its conversations.'}
          </p>
          <For each={members.value() ?? []}>
            {(member) => (
              <CheckField
                label={member.name}
                checked={draft.memberIds.includes(member.user_id)}
                onChange={(isMember) => setMember(member.user_id, isMember)}
              />
            )}
          </For>
          <Show when={members.error()}>{(text) => <p class={styles.hint}>{text()}</p>}</Show>
          <Show when={problems().memberIds}>{(text) => <p class={styles.error}>{text()}</p>}</Show>
        </fieldset>
        <div class={styles.bar}>
          <Button type="submit" look="primary" busy={busy()} disabled={!changed()}>
            {busy() ? 'Saving…' : props.department ? 'Save' : 'Create department'}
          </Button>
          <Show when={changed() && props.department}>
            <Button look="quiet" disabled={busy()} onClick={reset}>
              Discard changes
            </Button>
          </Show>
          <Show when={props.department}>
            {(department) => (
              <Button
                look="quiet"
                disabled={busy() || changed()}
                title={
                  department().archived_at
                    ? undefined
                    : 'It stops taking new conversations. Existing ones are kept.'
                }
                onClick={() => void archive(department().archived_at === null)}
              >
                {department().archived_at ? 'Unarchive' : 'Archive'}
              </Button>
            )}
          </Show>
        </div>
      </form>
      <FormPreview draft={draft} accent={settings.value()?.accent ?? null} />
    </div>
  );
}
