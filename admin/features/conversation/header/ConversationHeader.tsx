import { useNavigate } from '@solidjs/router';
import { createSignal, type JSX, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import type { Sender } from '../../../../protocol/conversation/message.ts';
import { MAX_RATING } from '../../../../protocol/limits.ts';
import { Avatar } from '../../../components/Avatar.tsx';
import { Button, IconButton } from '../../../components/Button.tsx';
import { Icon } from '../../../components/Icon.tsx';
import { Menu } from '../../../components/menu/Menu.tsx';
import { now } from '../../../lib/clock.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { useInbox } from '../../inbox/context.ts';
import { customerHint, customerName } from '../../inbox/names.ts';
import { useSession } from '../../session/session.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import type { Actions } from '../actions.ts';
import { createAssignee } from '../properties/assignee.ts';
import { PropertyMenu } from '../properties/PropertyMenu.tsx';
import { SnoozeMenu } from '../properties/SnoozeMenu.tsx';
import { shortTime } from '../properties/snooze.ts';
import styles from './ConversationHeader.module.css';
import { createFit } from './fit.ts';
import { PARTS, type PartId } from './parts.ts';

const Viewers = lazily(() => import('./Viewers.tsx'));
const MoreActions = lazily(() => import('./MoreActions.tsx'), { late: true });

/** The pixels between two actions, and those that the name keeps. */
const GAP = 4;
const NAME_WIDTH = 96;

/** The header of a conversation: the customer, and the actions. What does not fit is in ⋯. */
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
  const { directory, path } = useInbox();
  const navigate = useNavigate();
  const assigning = createAssignee(() => props.head, props.actions);
  /** A menu of the row that ⋯ opened. */
  const [opened, setOpened] = createSignal<'assign' | 'snooze' | null>(null);
  const fit = createFit(PARTS, NAME_WIDTH, GAP);
  let heading: HTMLHeadingElement | undefined;
  let more: HTMLSpanElement | undefined;

  const shown = () => ({ ...props.head, ...props.actions.expected() });
  const closed = () => shown().status === 'closed';
  const assignee = () => shown().assignee;
  const unassigned = () => !closed() && assignee() === null;
  const snoozed = () => {
    const { status, snoozed_until } = shown();
    if (status !== 'snoozed') return null;
    if (!snoozed_until) return 'Snoozed until they reply';
    return `Snoozed until ${shortTime(new Date(snoozed_until), new Date(now()))}`;
  };

  /** The other agents who have this conversation open. */
  const others = () => props.viewers.filter(({ id }) => id !== me.user.id);

  /** A menu that ⋯ opened gives the focus back to ⋯, since its own button may be hidden. */
  const menuProps = (menu: 'assign' | 'snooze') => ({
    ...(opened() === menu && { open: true }),
    onOpenChange(isOpen: boolean): void {
      if (isOpen || opened() !== menu) return;
      setOpened(null);
      if (document.activeElement === document.body) more?.querySelector('button')?.focus();
    },
  });
  useShortcuts({ customer: () => props.onPanel() });
  onMount(() => {
    // On a phone the pane replaces the list, so the focus has to move here.
    if (props.phone) heading?.focus();
  });

  /** A part of the row. Without room it is hidden under ⋯, where a menu that it has opens. */
  function Part(part: { id: PartId; children: JSX.Element }) {
    return (
      <span
        class={styles.part}
        classList={{ [styles.out ?? '']: !fit.fits(part.id) }}
        ref={fit.part(part.id)}
      >
        {part.children}
      </span>
    );
  }

  return (
    <header class={styles.header} ref={fit.row}>
      <Show when={props.phone}>
        <IconButton icon="back" label="Back to the list" flip onClick={() => navigate(path())} />
      </Show>
      <span class={styles.face}>
        <Avatar id={props.head.customer.id} name={props.head.customer.full_name} />
      </span>
      <div class={styles.who} ref={fit.flexible}>
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
        <Show
          when={snoozed()}
          fallback={
            <Show
              when={props.head.rating}
              fallback={
                <Show when={props.head.customer.email ?? customerHint(props.head.customer)}>
                  {(text) => (
                    <p class={styles.second} dir="auto">
                      {text()}
                    </p>
                  )}
                </Show>
              }
            >
              {(rating) => (
                <p
                  class={`${styles.second} ${styles.rating}`}
                  title={rating().comment ?? undefined}
                >
                  <Icon name="star" />
                  Rated {rating().score} of {MAX_RATING}
                </p>
              )}
            </Show>
          }
        >
          {(text) => <p class={styles.second}>{text()}</p>}
        </Show>
      </div>
      <div role="status">
        <Show when={others().length > 0}>
          <Viewers others={others()} typing={props.typing} />
        </Show>
      </div>
      <div class={styles.parts} data-parts>
        <Show when={unassigned()}>
          <Part id="claim">
            <Button
              look="quiet"
              disabled={props.actions.busy()}
              onClick={() => props.actions.claim()}
            >
              Assign to me
            </Button>
          </Part>
        </Show>
        <Part id="assign">
          <PropertyMenu
            of={assigning()}
            label={assignee() ? `Assigned to ${assignee()?.name}` : 'Assign'}
            look="icon"
            {...menuProps('assign')}
          >
            <Show when={assignee()} fallback={<Icon name="person" />}>
              {(person) => (
                <Avatar
                  id={person().id}
                  name={person().name}
                  image={directory.imageOf(person().id)}
                  size="small"
                />
              )}
            </Show>
          </PropertyMenu>
        </Part>
        <Show when={!closed()}>
          <Part id="snooze">
            <Show when={snoozed()}>
              <Button disabled={props.actions.busy()} onClick={() => props.actions.wake()}>
                Unsnooze
              </Button>
            </Show>
            <span classList={{ [styles.out ?? '']: snoozed() !== null }}>
              <SnoozeMenu
                label="Snooze"
                look="icon"
                onSnooze={props.actions.snooze}
                {...menuProps('snooze')}
              >
                <Icon name="clock" />
              </SnoozeMenu>
            </span>
          </Part>
        </Show>
        <Part id="close">
          <Show
            when={closed()}
            fallback={
              <Show
                when={props.phone}
                fallback={
                  <>
                    <Button
                      icon="check"
                      disabled={props.actions.busy()}
                      onClick={() => props.actions.close('resolved')}
                      title="Close as resolved (c)"
                    >
                      Close
                    </Button>
                    <Menu
                      look="icon"
                      label="More ways to close"
                      value={null}
                      choices={[
                        { value: 'resolved', label: 'Close as resolved' },
                        { value: 'spam', label: 'Close as spam' },
                      ]}
                      onChoose={(reason) =>
                        props.actions.close(reason === 'spam' ? 'spam' : 'resolved')
                      }
                    >
                      <Icon name="chevron" />
                    </Menu>
                  </>
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
        </Part>
      </div>
      <span class={styles.more} ref={more}>
        <MoreActions
          head={props.head}
          actions={props.actions}
          phone={props.phone}
          fits={fit.fits}
          onOpen={setOpened}
          onCustomer={() => props.onPanel()}
          fallback={<IconButton icon="more" label="More" disabled />}
        />
      </span>
      <Show when={!props.phone}>
        <IconButton
          icon="info"
          label="Customer details"
          aria-pressed={props.panelOpen}
          onClick={() => props.onPanel()}
        />
      </Show>
    </header>
  );
}
