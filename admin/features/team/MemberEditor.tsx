import { createSignal, For, Show } from 'solid-js';
import type { TeamMember } from '../../../protocol/resources/team.ts';
import { describeError } from '../../api/http.ts';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import styles from '../../components/lists.module.css';
import { RemoveButton } from '../../components/RemoveButton.tsx';
import { copyLink } from '../../lib/copy.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { warnBeforeLeaving } from '../../lib/unsaved-changes.ts';
import { t } from '../../texts/settings.ts';
import { t as start } from '../../texts/start.ts';
import { useSession } from '../session/session.ts';
import { useSettings } from '../settings/settings.ts';
import {
  changeMember,
  passwordLink,
  removeMember,
  removeSecondFactor,
  signOutMember,
} from './api.ts';
import { ROLES, useRoles } from './roles.ts';

/** Edits a member: role, departments, sessions and removal. */
export function MemberEditor(props: { member: TeamMember; onClose(): void }) {
  const { members, departments, team } = useSettings();
  const { me } = useSession();
  const roles = useRoles();
  const { id, user_id, name } = props.member;
  const [role, setRole] = createSignal(props.member.role);
  const active = () =>
    (departments.value() ?? []).filter((department) => department.archived_at === null);
  const saved = () =>
    (departments.value() ?? [])
      .filter(({ member_ids }) => member_ids.includes(user_id))
      .map((department) => department.id);
  /** The chosen departments. Null until edited: it follows the changes of others then. */
  const [chosen, setChosen] = createSignal<readonly string[] | null>(null);
  const departmentIds = () => chosen() ?? saved();
  const saving = createSaving();
  const isMe = user_id === me.user.id;
  const canChange = me.role === 'owner' || props.member.role !== 'owner';
  /**
   * A password link allows signing in as the member, so only owners can create one for an admin.
   */
  const canReset = me.role === 'owner' || props.member.role === 'agent';

  const unsaved = () => !saving.busy() && (role() !== props.member.role || chosen() !== null);
  warnBeforeLeaving(unsaved);

  async function finish(work: () => Promise<void>, confirmation?: string): Promise<void> {
    const done = await saving.run(async () => {
      await work();
      if (confirmation) showToast({ tone: 'plain', text: confirmation });
      // The answer has no record: the frame brings what changed.
      for (const list of [members, departments]) list.followed();
    });
    if (done) props.onClose();
  }

  function setMembership(departmentId: string, isMember: boolean): void {
    const others = departmentIds().filter((id) => id !== departmentId);
    setChosen(isMember ? [...others, departmentId] : others);
  }

  function save(): Promise<void> {
    const departmentIds = chosen();
    return changeMember(id, {
      ...(role() !== props.member.role && { role: role() }),
      ...(departmentIds && { departmentIds: [...departmentIds] }),
    });
  }

  return (
    <Dialog open look="card" title={name} unsaved={unsaved()} onClose={props.onClose}>
      <form
        class={styles.form}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          void finish(save);
        }}
      >
        <div class={styles.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Show when={canChange} fallback={<p class={styles.detail}>{t.member.onlyOwners}</p>}>
          <SelectField
            label={start.invite.role}
            value={role()}
            choices={roles}
            onChoose={(value) => setRole(ROLES.find((choice) => choice === value) ?? role())}
          />
          <fieldset class={styles.group}>
            <legend class={styles.legend}>{t.sections.departments}</legend>
            <p class={styles.hint}>
              {team.value()?.restrict_agents && role() === 'agent'
                ? t.member.departmentsRestricted
                : t.member.departmentsHint}
            </p>
            <div class={styles.ticks}>
              <For each={active()}>
                {(department) => (
                  <CheckField
                    label={department.name}
                    checked={departmentIds().includes(department.id)}
                    onChange={(isMember) => setMembership(department.id, isMember)}
                  />
                )}
              </For>
            </div>
            <Show when={departments.error()}>{(text) => <p class={styles.hint}>{text()}</p>}</Show>
          </fieldset>
          <div class={styles.bar}>
            <Button type="submit" look="primary" busy={saving.busy()}>
              {saving.busy() ? start.saving.saving : start.saving.save}
            </Button>
            <Button look="quiet" onClick={props.onClose}>
              {start.saving.cancel}
            </Button>
            <Show when={!isMe}>
              <Button
                disabled={saving.busy()}
                onClick={() => void finish(() => signOutMember(id), t.member.signedOut(name))}
              >
                {t.member.signOut}
              </Button>
              <Show when={canReset}>
                <Button
                  disabled={saving.busy()}
                  onClick={() => {
                    passwordLink(id)
                      .then(copyLink)
                      .catch((error: unknown) =>
                        showToast({ tone: 'bad', text: describeError(error) }),
                      );
                  }}
                >
                  {t.member.passwordLink}
                </Button>
              </Show>
              <Show when={canReset && props.member.two_factor}>
                <RemoveButton
                  label={t.member.twoStepOff}
                  question={t.member.twoStepOffAsked}
                  busy={saving.busy()}
                  onRemove={() =>
                    void finish(() => removeSecondFactor(id), t.member.twoStepIsOff(name))
                  }
                />
              </Show>
            </Show>
            <RemoveButton
              busy={saving.busy()}
              onRemove={() =>
                void finish(async () => {
                  await removeMember(id);
                  members.remove(id);
                })
              }
            />
          </div>
        </Show>
      </form>
    </Dialog>
  );
}
