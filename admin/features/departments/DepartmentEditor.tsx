import { useNavigate } from '@solidjs/router';
import { createEffect, For, Show } from 'solid-js';
import { MAX_DESCRIPTION_LENGTH, MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import type { DepartmentRecord } from '../../../protocol/resources/department.ts';
import { Button } from '../../components/Button.tsx';
import styles from '../../components/editor.module.css';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { FormNotes, SaveBar } from '../../components/SaveBar.tsx';
import { createForm } from '../../lib/form.ts';
import { showToast } from '../../lib/toasts.ts';
import { t } from '../../texts/settings.ts';
import { problemOf } from '../auto-close/draft.ts';
import { useSettings } from '../settings/settings.ts';
import { changeDepartment, createDepartment, type DepartmentChange } from './api.ts';
import { DepartmentPreview } from './DepartmentPreview.tsx';
import { type Draft, isSame, toChange, toDraft, toProblems } from './draft.ts';
import { FormBuilder } from './FormBuilder.tsx';
import { clearDraft, storeDraft, storedDraft } from './stored-draft.ts';

const CLOSING = ['inherit', 'off', 'own'] as const;

const closingChoices = () => [
  { value: 'inherit', label: t.departments.closingInherit },
  { value: 'off', label: t.departments.closingOff },
  { value: 'own', label: t.departments.closingOwn },
];

const isClosing = (value: string): value is (typeof CLOSING)[number] =>
  CLOSING.some((choice) => choice === value);

/** Edits a department, or creates one. The draft stays until it is saved. */
export function DepartmentEditor(props: { department: DepartmentRecord | null }) {
  const { departments, members, schedules, settings, team } = useSettings();
  const navigate = useNavigate();
  const id = props.department?.id ?? null;
  const form = createForm<Draft>({
    saved: () => toDraft(props.department),
    isSame,
    kept: storedDraft(id),
    check: ({ autoClose }) => {
      const problem = problemOf(autoClose);
      return problem ? { autoClose: problem } : {};
    },
    save: async (changed) => toDraft(await send(toChange(changed))),
    toProblems,
    onLeave: () => clearDraft(id),
  });
  const { draft, setDraft, problems } = form;
  createEffect(() => {
    if (form.changed()) storeDraft(id, draft);
    else clearDraft(id);
  });

  /** The department that was created here, whose page opens next. */
  let created: DepartmentRecord | undefined;

  async function send(change: DepartmentChange): Promise<DepartmentRecord> {
    const { department } = props;
    const answer = department
      ? await changeDepartment(department.id, change)
      : await createDepartment({ ...change, name: draft.name });
    departments.put(answer.department, answer.version);
    if (!department) created = answer.department;
    return answer.department;
  }

  async function save(event: SubmitEvent): Promise<void> {
    if (!(await form.submit(event)) || !created) return;
    clearDraft(id);
    navigate(`/settings/departments/${created.id}`, { replace: true });
  }

  async function archive(archived: boolean): Promise<void> {
    await form.run(async () => {
      const { name } = await send({ archived });
      showToast({
        tone: 'plain',
        text: archived ? t.departments.isArchived(name) : t.departments.isUnarchived(name),
      });
    });
  }

  function setMember(id: string, isMember: boolean): void {
    const others = draft.memberIds.filter((memberId) => memberId !== id);
    setDraft('memberIds', isMember ? [...others, id] : others);
  }

  return (
    <div class={styles.columns}>
      <form ref={form.ref} class={styles.form} onSubmit={save} noValidate>
        <FormNotes form={form} />
        <Field
          label={t.name}
          required
          data-max={MAX_NAME_LENGTH}
          value={draft.name}
          error={problems().name}
          onInput={(event) => setDraft('name', event.currentTarget.value)}
        />
        <Field
          label={t.departments.description}
          hint={t.departments.descriptionHint}
          data-max={MAX_DESCRIPTION_LENGTH}
          value={draft.description}
          error={problems().description}
          onInput={(event) => setDraft('description', event.currentTarget.value)}
        />
        <CheckField
          label={t.departments.visible}
          hint={t.departments.visibleHint}
          checked={draft.visible}
          onChange={(visible) => setDraft('visible', visible)}
        />
        <Show when={(schedules.value() ?? []).length > 0}>
          <SelectField
            label={t.departments.hours}
            value={draft.scheduleId ?? ''}
            choices={[
              { value: '', label: t.departments.sameHours },
              ...(schedules.value() ?? []).map((schedule) => ({
                value: schedule.id,
                label: schedule.name,
              })),
            ]}
            onChoose={(value) => setDraft('scheduleId', value || null)}
          />
        </Show>
        <CheckField
          label={t.departments.offline}
          hint={t.departments.offlineHint}
          checked={draft.offline === 'hide'}
          onChange={(hide) => setDraft('offline', hide ? 'hide' : 'show')}
        />
        <SelectField
          label={t.departments.closing}
          value={draft.autoClose.choice}
          choices={closingChoices()}
          onChoose={(value) =>
            setDraft('autoClose', 'choice', isClosing(value) ? value : 'inherit')
          }
        />
        <Show when={draft.autoClose.choice === 'own'}>
          <Field
            label={t.departments.closingHours}
            inputmode="numeric"
            required
            value={draft.autoClose.hours}
            error={problems().autoClose}
            onInput={(event) => setDraft('autoClose', 'hours', event.currentTarget.value)}
          />
        </Show>
        <FormBuilder draft={draft} setDraft={setDraft} problems={problems()} />
        <fieldset class={styles.group}>
          <legend class={styles.legend}>{t.departments.membersTitle}</legend>
          <p class={styles.hint}>
            {team.value()?.restrict_agents
              ? t.departments.membersRestricted
              : t.departments.membersAll}
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
        <SaveBar form={form} create={props.department ? undefined : t.departments.create}>
          <Show when={props.department}>
            {(department) => (
              <Button
                look="quiet"
                disabled={form.busy() || form.changed()}
                title={department().archived_at ? undefined : t.departments.archiveHint}
                onClick={() => void archive(department().archived_at === null)}
              >
                {department().archived_at ? t.departments.unarchive : t.departments.archive}
              </Button>
            )}
          </Show>
        </SaveBar>
      </form>
      <DepartmentPreview draft={draft} settings={settings.value()} />
    </div>
  );
}
