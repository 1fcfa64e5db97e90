import { useNavigate } from '@solidjs/router';
import { For, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { Sender } from '../../../../protocol/conversation/message.ts';
import { MAX_RATING } from '../../../../protocol/limits.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { Button, IconButton } from '../../../components/Button.tsx';
import { ColorDot } from '../../../components/ColorDot.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Menu } from '../../../components/menu/Menu.tsx';
import { now } from '../../../lib/clock.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { useInbox } from '../../inbox/context.ts';
import { marks } from '../../inbox/marked-unread.ts';
import { customerName } from '../../inbox/names.ts';
import { useSession } from '../../session/session.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import type { Actions } from '../actions.ts';
import { NOBODY, peopleOf } from '../properties/assignees.ts';
import { LabelMenu } from '../properties/LabelMenu.tsx';
import { asPriority, PRIORITIES, priorityLabel } from '../properties/priorities.ts';
import { SnoozeMenu } from '../properties/SnoozeMenu.tsx';
import { shortTime } from '../properties/snooze.ts';
import styles from './ConversationHeader.module.css';

const Viewers = lazily(() => import('./Viewers.tsx'));

/** The header of a conversation: the customer, and the actions. */
export function ConversationHeader(props: {
  head: ConversationSummary;
  actions: Actions;
  /** Agents who have it open, including the signed-in one. */
  viewers: readonly { id: string; name: string }[];
  typing: readonly Sender[];
  phone: boolean;
  panelOpen: boolean;
  onPanel(): void;
}) {
  const { me } = useSession();
  const { inbox, directory, path } = useInbox();
  const navigate = useNavigate();
  let heading: HTMLHeadingElement | undefined;

  const shown = () => ({ ...props.head, ...props.actions.expected() });
  const closed = () => shown().status === 'closed';
  const assignee = () => shown().assignee;
  const labels = () => directory.labelsOf(shown().label_ids);
  const snoozed = () => {
    const { status, snoozed_until } = shown();
    if (status !== 'snoozed') return null;
    if (!snoozed_until) return 'Until they reply';
    return `Until ${shortTime(new Date(snoozed_until), new Date(now()))}`;
  };
  const departmentLabel = () => directory.departmentName(shown().department_id) ?? 'Department';

  /** Marks it as unread and closes it, since an open conversation counts as read. */
  function markUnread(): void {
    marks.add(props.head.id);
    navigate(path());
  }

  /** The other agents who have this conversation open. */
  const others = () => props.viewers.filter(({ id }) => id !== me.user.id);

  function assign(id: string): void {
    const memberName = directory.members().find((member) => member.user_id === id)?.name;
    const name = id === me.user.id ? me.user.name : memberName;
    if (id === NOBODY) props.actions.assign(null);
    else if (name !== undefined) props.actions.assign({ id, name });
  }

  useShortcuts({ customer: () => props.onPanel() });
  onMount(() => {
    // On a phone the pane replaces the list, so the focus has to move here.
    if (props.phone) heading?.focus();
  });

  return (
    <header class={styles.header}>
      <div class={styles.top}>
        <Show when={props.phone}>
          <IconButton icon="back" label="Back to the list" flip onClick={() => navigate(path())} />
        </Show>
        <Avatar id={props.head.customer.id} name={props.head.customer.full_name} />
        <div class={styles.who}>
          {/* While the list is visible, its heading is the page's h1. */}
          <Dynamic
            component={props.phone ? 'h1' : 'h2'}
            class={styles.name}
            ref={heading}
            tabindex="-1"
            dir="auto"
          >
            {customerName(props.head.customer)}
          </Dynamic>
          <Show when={props.head.rating}>
            {(rating) => (
              <p class={styles.rating} title={rating().comment ?? undefined}>
                <Icon name="star" />
                Rated {rating().score} of {MAX_RATING}
              </p>
            )}
          </Show>
          <Show when={props.head.customer.email}>
            {(email) => (
              <p class={styles.email} dir="auto">
                {email()}
              </p>
            )}
          </Show>
        </div>
        <div role="status">
          <Show when={others().length > 0}>
            <Viewers others={others()} typing={props.typing} />
          </Show>
        </div>
        <div class={styles.actions}>
          <Show when={shown().status === 'snoozed'}>
            <Button disabled={props.actions.busy()} onClick={() => props.actions.wake()}>
              Unsnooze
            </Button>
          </Show>
          <Show when={!closed() && assignee() === null}>
            <Button
              look="primary"
              disabled={props.actions.busy()}
              onClick={() => props.actions.claim()}
            >
              Claim
            </Button>
          </Show>
          <Show
            when={closed()}
            fallback={
              <Show
                when={props.phone}
                fallback={
                  <Button
                    icon="check"
                    disabled={props.actions.busy()}
                    onClick={() => props.actions.close('resolved')}
                    title="Close as resolved (c)"
                  >
                    Close
                  </Button>
                }
              >
                <IconButton
                  icon="check"
                  label="Close as resolved"
                  disabled={props.actions.busy()}
                  onClick={() => props.actions.close('resolved')}
                />
              </Show>
            }
          >
            <Button disabled={props.actions.busy()} onClick={() => props.actions.reopen()}>
              Reopen
            </Button>
          </Show>
          <IconButton
            icon="info"
            label="Customer details"
            aria-pressed={props.panelOpen}
            onClick={() => props.onPanel()}
          />
        </div>
      </div>
      <div class={styles.properties}>
        <Menu
          label={`Assignee: ${assignee()?.name ?? 'Unassigned'}`}
          value={assignee()?.id ?? NOBODY}
          choices={peopleOf(directory.members(), me, inbox.presence())}
          onChoose={assign}
          disabled={closed()}
        >
          <Icon name="person" />
          <span class={styles.value} dir="auto">
            {assignee()?.name ?? 'Unassigned'}
          </span>
        </Menu>
        <Menu
          label={`Department: ${departmentLabel()}`}
          value={shown().department_id}
          choices={directory
            .departments()
            .filter((department) => department.archived_at === null)
            .map(({ id, name }) => ({ value: id, label: name }))}
          onChoose={(id) => {
            if (id !== shown().department_id) props.actions.move(id);
          }}
          disabled={closed()}
        >
          <Icon name="folder" />
          <span class={styles.value} dir="auto">
            {departmentLabel()}
          </span>
        </Menu>
        <Menu
          label={`Priority: ${priorityLabel(shown().priority)}`}
          value={shown().priority}
          choices={PRIORITIES}
          onChoose={(value) => props.actions.setPriority(asPriority(value))}
          disabled={closed()}
        >
          <Icon name="flag" />
          <span class={styles.value}>{priorityLabel(shown().priority)}</span>
        </Menu>
        <LabelMenu
          label={
            labels().length === 0
              ? 'Label'
              : `Labels: ${labels()
                  .map(({ name }) => name)
                  .join(', ')}`
          }
          on={shown().label_ids}
          onToggle={props.actions.label}
        >
          <Show when={labels().length > 0} fallback={<Icon name="tag" />}>
            <span class={styles.dots}>
              <For each={labels()}>{({ color }) => <ColorDot color={color} />}</For>
            </span>
          </Show>
          <span class={styles.value} dir="auto">
            {labels().length === 0
              ? 'Label'
              : labels()
                  .map(({ name }) => name)
                  .join(', ')}
          </span>
        </LabelMenu>
        <Show when={!closed()}>
          <SnoozeMenu label={snoozed() ?? 'Snooze'} onSnooze={props.actions.snooze}>
            <Icon name="clock" />
            <span class={styles.value}>{snoozed() ?? 'Snooze'}</span>
          </SnoozeMenu>
        </Show>
        <Menu
          look="icon"
          label="More"
          value={null}
          choices={[
            { value: 'unread', label: 'Mark as unread' },
            ...(closed() ? [] : [{ value: 'spam', label: 'Close as spam' }]),
          ]}
          onChoose={(value) => (value === 'spam' ? props.actions.close('spam') : markUnread())}
        >
          <Icon name="more" />
        </Menu>
      </div>
    </header>
  );
}
