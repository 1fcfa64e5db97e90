import { createSignal, For, Show } from 'solid-js';
import type { MemberRole } from '../../../protocol/resources/member.ts';
import type { Invitation, TeamMember } from '../../../protocol/resources/team.ts';
import { trimEmail } from '../../../protocol/text/email.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { Field } from '../../components/fields/Field.tsx';
import { SelectField } from '../../components/fields/SelectField.tsx';
import styles from '../../components/lists.module.css';
import { RemoveButton } from '../../components/RemoveButton.tsx';
import { Section, WhenLoaded } from '../../components/Section.tsx';
import { Time } from '../../components/Time.tsx';
import { now } from '../../lib/clock.ts';
import { copyLink } from '../../lib/copy.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { useLive } from '../../live/live.ts';
import { useSession } from '../session/session.ts';
import { useSettings } from '../settings/settings.ts';
import { STATUS_NAMES, statusOf } from '../status/status.ts';
import { invite, resendInvitation, restrictAgents, revokeInvitation } from './api.ts';
import { MemberEditor } from './MemberEditor.tsx';
import { nameOf, ROLES, useRoles } from './roles.ts';

/** The members of the team, and open invitations. */
export function TeamPage() {
  const { members, invitations } = useSettings();
  const [edited, setEdited] = createSignal<TeamMember | null>(null);
  const [inviting, setInviting] = createSignal(false);

  return (
    <Section
      title="Team"
      text="Agents answer conversations. Admins also manage settings and invite people. Owners can do everything."
      action={
        <Button look="primary" onClick={() => setInviting(true)}>
          Invite
        </Button>
      }
    >
      <Restriction />
      <WhenLoaded of={members} what="members">
        {(all) => (
          <ul class={styles.list}>
            <For each={all()}>
              {(member) => <Member member={member} onOpen={() => setEdited(member)} />}
            </For>
          </ul>
        )}
      </WhenLoaded>
      <Show when={(invitations.value()?.length ?? 0) > 0}>
        <h2 class={styles.heading}>Invited</h2>
        <ul class={styles.list}>
          <For each={invitations.value()}>
            {(invitation) => <Invited invitation={invitation} />}
          </For>
        </ul>
      </Show>
      <Show when={inviting()}>
        <Inviter onClose={() => setInviting(false)} />
      </Show>
      <Show when={edited()} keyed>
        {(member) => <MemberEditor member={member} onClose={() => setEdited(null)} />}
      </Show>
    </Section>
  );
}

/** The switch that limits agents to their departments. Hidden if it could not be loaded. */
function Restriction() {
  const { team } = useSettings();
  const saving = createSaving();

  async function set(restrict: boolean): Promise<void> {
    const done = await saving.run(async () => void (await restrictAgents(restrict)));
    if (done) {
      showToast({
        tone: 'plain',
        text: restrict
          ? 'Agents are limited to their departments.'
          : 'Agents see every department.',
      });
    } else showToast({ tone: 'bad', text: saving.refusal() ?? 'Something went wrong.' });
    await team.load();
  }

  return (
    <Show when={team.value()}>
      {(current) => (
        <CheckField
          label="Limit agents to their departments"
          hint="They also see conversations they’re assigned to or mentioned in. Owners and admins always see everything."
          checked={current().restrict_agents}
          disabled={saving.busy()}
          onChange={(restrict) => void set(restrict)}
        />
      )}
    </Show>
  );
}

function Member(props: { member: TeamMember; onOpen(): void }) {
  const { me } = useSession();
  const { departments, team } = useSettings();
  const { inbox } = useLive();
  const status = () => statusOf(props.member.user_id, inbox.presence());
  /** The member's departments, or a warning if an agent cannot see any conversations. */
  const departmentsText = () => {
    const all = departments.value() ?? [];
    const names = all
      .filter(
        (department) =>
          department.archived_at === null && department.member_ids.includes(props.member.user_id),
      )
      .map(({ name }) => name);
    if (names.length > 0) return `Departments: ${names.join(', ')}`;
    const alone = props.member.role === 'agent' && team.value()?.restrict_agents;
    return alone && departments.value() ? 'No departments: can’t see any conversations' : null;
  };
  return (
    <li class={styles.row}>
      <Avatar
        id={props.member.user_id}
        name={props.member.name}
        image={props.member.image}
        status={status()}
      />
      <div class={styles.body}>
        <button type="button" class={styles.name} dir="auto" onClick={() => props.onOpen()}>
          {props.member.name}
        </button>
        <Show when={status() !== 'offline'}>
          <span class={styles.tag}>{STATUS_NAMES[status()]}</span>
        </Show>
        <Show when={props.member.user_id === me.user.id}>
          <span class={styles.tag}>You</span>
        </Show>
        <p class={styles.detail}>{props.member.email}</p>
        <Show when={departmentsText()}>
          {(text) => (
            <p class={styles.detail} dir="auto" title={text()}>
              {text()}
            </p>
          )}
        </Show>
      </div>
      <Show when={props.member.two_factor}>
        <span class={styles.tag}>Two-step sign-in</span>
      </Show>
      <Show when={!props.member.email_verified}>
        <span
          class={styles.tag}
          title="This address hasn’t been confirmed yet. Its owner can confirm it in their profile."
        >
          Address not confirmed
        </span>
      </Show>
      <span class={styles.tag}>{nameOf(props.member.role)}</span>
    </li>
  );
}

function Invited(props: { invitation: Invitation }) {
  const { invitations } = useSettings();
  const saving = createSaving();
  const expired = () => Date.parse(props.invitation.expires_at) < now();

  async function run(work: () => Promise<string | null>): Promise<void> {
    const done = await saving.run(async () => {
      const confirmation = await work();
      await invitations.load();
      if (confirmation) showToast({ tone: 'plain', text: confirmation });
    });
    if (!done) showToast({ tone: 'bad', text: saving.refusal() ?? 'Something went wrong.' });
  }

  return (
    <li class={styles.row}>
      <div class={styles.body}>
        <p class={styles.name} dir="auto">
          {props.invitation.email}
        </p>
        <p class={styles.detail}>
          {nameOf(props.invitation.role)}, invited by {props.invitation.invited_by}
          <Show when={expired()}>
            {' · expired '}
            <Time time={props.invitation.expires_at} ago />
          </Show>
        </p>
      </div>
      <div class={styles.actions}>
        <Show when={!expired() && props.invitation.link}>
          {(link) => (
            <Button look="quiet" onClick={() => void copyLink(link())}>
              Copy link
            </Button>
          )}
        </Show>
        <Button
          look="quiet"
          busy={saving.busy()}
          onClick={() =>
            void run(async () =>
              (await resendInvitation(props.invitation.id)).sent
                ? 'Invitation sent again.'
                : 'We couldn’t send the e-mail. Copy the link and share it yourself.',
            )
          }
        >
          Resend
        </Button>
        <RemoveButton
          busy={saving.busy()}
          onRemove={() =>
            void run(async () => {
              await revokeInvitation(props.invitation.id);
              return null;
            })
          }
        />
      </div>
    </li>
  );
}

function Inviter(props: { onClose(): void }) {
  const { invitations } = useSettings();
  const roles = useRoles();
  const [email, setEmail] = createSignal('');
  const [role, setRole] = createSignal<MemberRole>('agent');
  const saving = createSaving();

  async function submit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    const done = await saving.run(async () => {
      const { invitation, sent } = await invite({ email: trimEmail(email()), role: role() });
      await invitations.load();
      if (sent) showToast({ tone: 'plain', text: `Invitation sent to ${email()}.` });
      else if (invitation.link) {
        await copyLink(invitation.link);
        showToast({
          tone: 'plain',
          text: 'We couldn’t send the e-mail. Copy the link and share it yourself.',
        });
      }
    });
    if (done) props.onClose();
  }

  return (
    <Dialog open look="card" title="Invite someone" onClose={props.onClose}>
      <form class={styles.form} noValidate onSubmit={submit}>
        <div class={styles.alert} role="alert">
          <Show when={saving.refusal()}>{(text) => <p class={styles.refusal}>{text()}</p>}</Show>
        </div>
        <Field
          label="E-mail"
          type="text"
          inputmode="email"
          autocapitalize="none"
          spellcheck={false}
          autocomplete="off"
          value={email()}
          error={saving.problems().email}
          onInput={(event) => setEmail(event.currentTarget.value)}
        />
        <SelectField
          label="Role"
          value={role()}
          choices={roles}
          onChoose={(value) =>
            setRole(ROLES.find((choice) => choice.value === value)?.value ?? 'agent')
          }
        />
        <div class={styles.bar}>
          <Button type="submit" look="primary" busy={saving.busy()}>
            {saving.busy() ? 'Inviting…' : 'Invite'}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
