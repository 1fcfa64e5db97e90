import { createSignal, For, Show } from 'solid-js';
import type { Invitation, TeamMember } from '../../../protocol/resources/team.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { CheckField } from '../../components/fields/CheckField.tsx';
import { ListPage } from '../../components/list/ListPage.tsx';
import { Row, Rows } from '../../components/list/Rows.tsx';
import styles from '../../components/lists.module.css';
import { SaveMark } from '../../components/SaveMark.tsx';
import { Time } from '../../components/Time.tsx';
import { createAutosave } from '../../lib/autosave.ts';
import { now } from '../../lib/clock.ts';
import { copyLink } from '../../lib/copy.ts';
import { createSaving } from '../../lib/saving.ts';
import { showToast } from '../../lib/toasts.ts';
import { useLive } from '../../live/live.ts';
import { t } from '../../texts/settings.ts';
import { t as start } from '../../texts/start.ts';
import { useSession } from '../session/session.ts';
import { useSettings } from '../settings/settings.ts';
import { STATUS_NAMES, statusOf } from '../status/status.ts';
import { resendInvitation, restrictAgents, revokeInvitation } from './api.ts';
import InvitePeople from './InvitePeople.tsx';
import { MemberEditor } from './MemberEditor.tsx';
import { nameOf } from './roles.ts';

/** The members of the team, and open invitations. */
export function TeamPage() {
  const { members, invitations } = useSettings();
  const [edited, setEdited] = createSignal<TeamMember | null>(null);
  const [inviting, setInviting] = createSignal(false);

  return (
    <ListPage
      of={members}
      what={t.what.members}
      icon="people"
      title={t.sections.team}
      text={t.team.text}
      add={{ label: 'Invite people', run: () => setInviting(true) }}
      empty={{ title: t.team.empty, text: t.team.emptyText }}
      before={<Restriction />}
      after={
        <Show when={(invitations.value()?.length ?? 0) > 0}>
          <h2 class={styles.heading}>{t.team.invited}</h2>
          <Rows label={t.team.invited}>
            <For each={invitations.value()}>
              {(invitation) => <Invited invitation={invitation} />}
            </For>
          </Rows>
        </Show>
      }
      foot={
        <>
          <Show when={inviting()}>
            <Inviter onClose={() => setInviting(false)} />
          </Show>
          <Show when={edited()} keyed>
            {(member) => <MemberEditor member={member} onClose={() => setEdited(null)} />}
          </Show>
        </>
      }
    >
      {(member) => <Member member={member} onOpen={() => setEdited(member)} />}
    </ListPage>
  );
}

/** The switch that limits agents to their departments. Hidden if it could not be loaded. */
function Restriction() {
  const { team } = useSettings();
  const saves = createAutosave();

  async function set(restrict: boolean): Promise<void> {
    const done = await saves.save('restrict', async () => {
      const { version, ...changed } = await restrictAgents(restrict);
      team.put(changed, version);
    });
    // The box shows what is saved.
    if (!done) await team.load();
  }

  return (
    <Show when={team.value()}>
      {(current) => (
        <div>
          <CheckField
            label={t.team.restrict}
            hint={t.team.restrictHint}
            checked={current().restrict_agents}
            disabled={saves.isSaving()}
            onChange={(restrict) => void set(restrict)}
          />
          <SaveMark of="restrict" saves={saves} />
        </div>
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
    if (names.length > 0) return t.team.departments(names.join(', '));
    const alone = props.member.role === 'agent' && team.value()?.restrict_agents;
    return alone && departments.value() ? t.team.noDepartments : null;
  };
  return (
    <Row
      before={
        <Avatar
          id={props.member.user_id}
          name={props.member.name}
          image={props.member.image}
          status={status()}
        />
      }
      name={props.member.name}
      onOpen={props.onOpen}
      tags={
        <>
          <Show when={status() !== 'offline'}>
            <span class={styles.tag}>{STATUS_NAMES[status()]}</span>
          </Show>
          <Show when={props.member.user_id === me.user.id}>
            <span class={styles.tag}>{t.team.you}</span>
          </Show>
        </>
      }
      detail={
        <>
          <p>{props.member.email}</p>
          <Show when={departmentsText()}>
            {(text) => (
              <p class={styles.detail} dir="auto" title={text()}>
                {text()}
              </p>
            )}
          </Show>
        </>
      }
    >
      <Show when={props.member.two_factor}>
        <span class={styles.tag}>{t.team.twoStep}</span>
      </Show>
      <Show when={!props.member.email_verified}>
        <span class={styles.tag} title={t.team.notConfirmedHint}>
          {t.team.notConfirmed}
        </span>
      </Show>
      <span class={styles.tag}>{nameOf(props.member.role)}</span>
    </Row>
  );
}

function Invited(props: { invitation: Invitation }) {
  const { invitations } = useSettings();
  const saving = createSaving();
  const expired = () => Date.parse(props.invitation.expires_at) < now();

  async function run(work: () => Promise<string | null>): Promise<void> {
    const done = await saving.run(async () => {
      const confirmation = await work();
      if (confirmation) showToast({ tone: 'plain', text: confirmation });
    });
    if (!done) showToast({ tone: 'bad', text: saving.refusal() ?? 'Something went wrong.' });
  }

  return (
    <Row
      name={props.invitation.email}
      detail={
        <>
          {t.team.invitedBy(nameOf(props.invitation.role), props.invitation.invited_by)}
          <Show when={expired()}>
            {` · ${t.team.expired} `}
            <Time time={props.invitation.expires_at} ago />
          </Show>
        </>
      }
      remove={{
        busy: saving.busy(),
        run: () =>
          void run(async () => {
            await revokeInvitation(props.invitation.id);
            invitations.remove(props.invitation.id);
            return null;
          }),
      }}
    >
      <Show when={!expired() && props.invitation.link}>
        {(link) => (
          <Button look="quiet" onClick={() => void copyLink(link())}>
            {start.invite.copyLink}
          </Button>
        )}
      </Show>
      <Button
        look="quiet"
        busy={saving.busy()}
        onClick={() =>
          void run(async () => {
            const { invitation, sent, version } = await resendInvitation(props.invitation.id);
            invitations.put(invitation, version);
            return sent ? t.team.resent : t.team.notMailed;
          })
        }
      >
        {t.team.resend}
      </Button>
    </Row>
  );
}

function Inviter(props: { onClose(): void }) {
  const { invitations } = useSettings();
  return (
    <Dialog open look="card" title={start.invite.title} onClose={props.onClose}>
      <div class={styles.form}>
        <InvitePeople onInvited={invitations.followed} />
      </div>
    </Dialog>
  );
}
