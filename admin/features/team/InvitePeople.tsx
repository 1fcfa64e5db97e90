import { createSignal, For, Show } from 'solid-js';
import { MAX_INVITED_AT_ONCE } from '../../../protocol/limits.ts';
import type { MemberRole } from '../../../protocol/resources/member.ts';
import type { InviteOutcome } from '../../../protocol/resources/team.ts';
import { Button } from '../../components/Button.tsx';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import { TextAreaField } from '../../components/fields/TextAreaField.tsx';
import lists from '../../components/lists.module.css';
import { announce } from '../../lib/announce.ts';
import { copyLink } from '../../lib/copy.ts';
import { createSaving } from '../../lib/saving.ts';
import { useLive } from '../../live/live.ts';
import { t } from '../../texts/start.ts';
import { addressesIn } from './addresses.ts';
import { inviteSeveral } from './api.ts';
import styles from './InvitePeople.module.css';
import { ROLES, useRoles } from './roles.ts';

/** Invites several people at once, and says what became of each address. */
export default function InvitePeople(props: { onInvited(): void }) {
  const { directory } = useLive();
  const roles = useRoles();
  const [text, setText] = createSignal('');
  const [role, setRole] = createSignal<MemberRole>('agent');
  const [departmentIds, setDepartmentIds] = createSignal<readonly string[]>([]);
  const [outcomes, setOutcomes] = createSignal<readonly InviteOutcome[]>([]);
  const [problem, setProblem] = createSignal<string>();
  const saving = createSaving();
  const departments = () =>
    directory.departments().filter((department) => department.archived_at === null);

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const addresses = addressesIn(text());
    setProblem(addresses.length === 0 ? t.invite.none : undefined);
    if (problem()) return;
    setOutcomes([]);
    await saving.run(async () => {
      for (let from = 0; from < addresses.length; from += MAX_INVITED_AT_ONCE) {
        const items = await inviteSeveral({
          emails: addresses.slice(from, from + MAX_INVITED_AT_ONCE),
          role: role(),
          departmentIds: [...departmentIds()],
        });
        setOutcomes([...outcomes(), ...items]);
      }
    });
    // What was not invited stays, to be corrected or tried again.
    const judged = new Map(outcomes().map(({ email, outcome }) => [email, outcome]));
    const left = addresses.filter((address) => {
      const outcome = judged.get(address);
      return outcome === undefined || outcome === 'invalid' || outcome === 'too_many';
    });
    setText(left.join('\n'));
    if (outcomes().length === 0) return;
    const invited = outcomes().filter(({ link }) => link !== null).length;
    announce(t.invite.announced(invited, addresses.length));
    props.onInvited();
  }

  function setDepartment(departmentId: string, isChosen: boolean): void {
    const others = departmentIds().filter((other) => other !== departmentId);
    setDepartmentIds(isChosen ? [...others, departmentId] : others);
  }

  return (
    <form class={styles.form} noValidate onSubmit={submit}>
      <div class={lists.alert} role="alert">
        <Show when={saving.refusal()}>{(refusal) => <p class={lists.refusal}>{refusal()}</p>}</Show>
      </div>
      <TextAreaField
        label={t.invite.addresses}
        hint={t.invite.addressesHint}
        rows="3"
        inputmode="email"
        autocapitalize="none"
        spellcheck={false}
        autocomplete="off"
        value={text()}
        error={problem() ?? saving.problems().emails}
        onInput={(event) => setText(event.currentTarget.value)}
      />
      <SelectField
        label={t.invite.role}
        value={role()}
        choices={roles}
        onChoose={(value) => setRole(ROLES.find((choice) => choice === value) ?? 'agent')}
      />
      <Show when={departments().length > 0}>
        <fieldset class={lists.group}>
          <legend class={lists.legend}>{t.invite.departments}</legend>
          <div class={lists.ticks}>
            <For each={departments()}>
              {(department) => (
                <CheckField
                  label={department.name}
                  checked={departmentIds().includes(department.id)}
                  onChange={(isChosen) => setDepartment(department.id, isChosen)}
                />
              )}
            </For>
          </div>
        </fieldset>
      </Show>
      <div class={lists.bar}>
        <Button type="submit" look="primary" busy={saving.busy()}>
          {saving.busy() ? t.invite.inviting : t.invite.invite}
        </Button>
      </div>
      <Show when={outcomes().length > 0}>
        <ul class={styles.outcomes} aria-label={t.invite.results}>
          <For each={outcomes()}>
            {(item) => (
              <li class={styles.outcome}>
                <span class={styles.email} dir="auto">
                  {item.email}
                </span>
                <span
                  class={styles.what}
                  classList={{
                    [styles.good ?? '']: item.outcome === 'invited',
                    [styles.bad ?? '']: item.outcome === 'invalid' || item.outcome === 'too_many',
                  }}
                >
                  {t.invite.outcomes[item.outcome]}
                </span>
                <Show when={item.link}>
                  {(link) => (
                    <Button look="quiet" onClick={() => void copyLink(link())}>
                      {t.invite.copyLink}
                    </Button>
                  )}
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </form>
  );
}
