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
import type { MenuChoice } from '../../../components/menu/menu-parts.ts';
import { now } from '../../../lib/clock.ts';
import { lazily } from '../../../lib/lazily.tsx';
import { useInbox } from '../../inbox/context.ts';
import { marks } from '../../inbox/marked-unread.ts';
import { customerName } from '../../inbox/names.ts';
import { useSession } from '../../session/session.ts';
import { useShortcuts } from '../../shortcuts/shortcuts.ts';
import type { Actions } from '../actions.ts';
import { PropertyMenu } from '../properties/PropertyMenu.tsx';
import { createProperties, type PropertyId } from '../properties/properties.ts';
import { SnoozeMenu } from '../properties/SnoozeMenu.tsx';
import { shortTime } from '../properties/snooze.ts';
import styles from './ConversationHeader.module.css';
import { createFit } from './fit.ts';

const Viewers = lazily(() => import('./Viewers.tsx'));
const ActionSheet = lazily(() => import('./ActionSheet.tsx'));

/** The pixels between two actions, and those that the name keeps. */
const GAP = 4;
const NAME_WIDTH = 96;

/** The menus that ⋯ can open. */
type OpenMenu = PropertyId | 'snooze';

/** An action behind ⋯. */
export type Action = MenuChoice & { run(): void };

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
  const properties = createProperties(() => props.head, props.actions);
  const { shown, closed } = properties;
  const [opened, setOpened] = createSignal<OpenMenu | null>(null);
  const [sheet, setSheet] = createSignal(false);
  const fit = createFit(['close', 'snooze', 'assign', 'claim'], NAME_WIDTH, GAP);
  let heading: HTMLHeadingElement | undefined;
  let more: HTMLSpanElement | undefined;

  const assignee = () => shown().assignee;
  const unassigned = () => !closed() && assignee() === null;
  const snoozed = () => {
    const { status, snoozed_until } = shown();
    if (status !== 'snoozed') return null;
    if (!snoozed_until) return 'Snoozed until they reply';
    return `Snoozed until ${shortTime(new Date(snoozed_until), new Date(now()))}`;
  };

  /** Marks it as unread and closes it, since an open conversation counts as read. */
  function markUnread(): void {
    marks.add(props.head.id);
    navigate(path());
  }

  /** The other agents who have this conversation open. */
  const others = () => props.viewers.filter(({ id }) => id !== me.user.id);

  /** A menu that ⋯ opened gives the focus back to ⋯, since its own button may be hidden. */
  const menuProps = (menu: OpenMenu) => ({
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

  /** The actions behind ⋯: those without room in the row, and the rarer ones. */
  const further = (): Action[] => {
    const opens = (label: string, menu: OpenMenu) => ({
      value: menu,
      label,
      run: () => void setOpened(menu),
    });
    const { actions } = props;
    return [
      ...(unassigned() && !fit.fits('claim')
        ? [{ value: 'claim', label: 'Assign to me', run: actions.claim }]
        : []),
      ...(!closed() && !fit.fits('assign') ? [opens('Assign…', 'assignee')] : []),
      ...(!closed() && (snoozed() || !fit.fits('snooze')) ? [opens('Snooze…', 'snooze')] : []),
      ...(snoozed() && !fit.fits('snooze')
        ? [{ value: 'wake', label: 'Unsnooze', run: actions.wake }]
        : []),
      ...(closed() ? [] : [opens('Department…', 'department'), opens('Priority…', 'priority')]),
      opens('Labels…', 'labels'),
      { value: 'unread', label: 'Mark as unread', run: markUnread },
      ...(closed() || fit.fits('close')
        ? []
        : [{ value: 'close', label: 'Close', run: () => actions.close('resolved') }]),
      ...(closed()
        ? []
        : [{ value: 'spam', label: 'Close as spam', run: () => actions.close('spam') }]),
    ];
  };

  /** A part of the row. Without room it is hidden under ⋯, where a menu that it has opens. */
  function Part(part: { id: 'close' | 'snooze' | 'assign' | 'claim'; children: JSX.Element }) {
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
    <>
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
                  <Show when={props.head.customer.email}>
                    {(email) => (
                      <p class={styles.second} dir="auto">
                        {email()}
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
              of={properties.assignee()}
              label={assignee() ? `Assigned to ${assignee()?.name}` : 'Assign'}
              look="icon"
              {...menuProps('assignee')}
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
          <Show
            when={props.phone}
            fallback={
              <Menu
                look="icon"
                label="More"
                value={null}
                choices={further()}
                onChoose={(value) =>
                  further()
                    .find((choice) => choice.value === value)
                    ?.run()
                }
              >
                <Icon name="more" />
              </Menu>
            }
          >
            <IconButton
              icon="more"
              label="More"
              aria-haspopup="dialog"
              onClick={() => setSheet(true)}
            />
          </Show>
          {/* Menus without a button in the row open here. */}
          <Show
            when={(['labels', 'department', 'priority'] as const).find((id) => id === opened())}
          >
            {(id) => (
              <span class={styles.out}>
                <PropertyMenu of={properties[id()]()} look="icon" {...menuProps(id())}>
                  <Icon name="more" />
                </PropertyMenu>
              </span>
            )}
          </Show>
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
      <Show when={sheet()}>
        <ActionSheet
          title={customerName(props.head.customer)}
          properties={properties}
          actions={further()}
          onCustomer={() => props.onPanel()}
          onClose={() => setSheet(false)}
        />
      </Show>
    </>
  );
}
