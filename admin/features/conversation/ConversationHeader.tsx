import { useNavigate } from '@solidjs/router';
import { createSignal, onMount, Show } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ConversationSummary } from '../../../protocol/conversation.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { Button, IconButton } from '../../components/Button.tsx';
import { Icon } from '../../components/Icon.tsx';
import { Menu } from '../../components/Menu.tsx';
import { useInbox } from '../inbox/context.ts';
import { customerName } from '../inbox/names.ts';
import { useSession } from '../session/session.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import type { Actions } from './actions.ts';
import styles from './ConversationHeader.module.css';
import { asPriority, PRIORITIES, priorityLabel } from './priorities.ts';

/** The value of «nobody» in the menu of assignees; no user has an empty id. */
const NOBODY = '';

/** Whose conversation this is, and what can be done with it. */
export function ConversationHeader(props: {
  head: ConversationSummary;
  actions: Actions;
  phone: boolean;
  panelOpen: boolean;
  onPanel(): void;
}) {
  const { me } = useSession();
  const { inbox, directory, path } = useInbox();
  const navigate = useNavigate();
  const [assigning, setAssigning] = createSignal(false);
  let heading: HTMLHeadingElement | undefined;

  const shown = () => ({ ...props.head, ...props.actions.expected() });
  const closed = () => shown().status === 'closed';
  const assignee = () => shown().assignee;
  const isOnline = (id: string) => inbox.online().some((agent) => agent.id === id);
  const departmentLabel = () => directory.departmentName(shown().department_id) ?? 'Department';

  const people = () => {
    const others = directory.members().filter((member) => member.user_id !== me.user.id);
    const hint = (id: string) => (isOnline(id) ? 'Online' : undefined);
    return [
      { value: me.user.id, label: `${me.user.name} (you)` },
      ...others.map(({ user_id, name }) => ({ value: user_id, label: name, hint: hint(user_id) })),
      { value: NOBODY, label: 'Nobody', hint: 'Back to Unassigned' },
    ];
  };

  function assign(id: string): void {
    const known = directory.members().find((one) => one.user_id === id)?.name;
    const name = id === me.user.id ? me.user.name : known;
    if (id === NOBODY) props.actions.assign(null);
    else if (name !== undefined) props.actions.assign({ id, name });
  }

  useShortcuts({
    assign: () => setAssigning(!closed()),
    close: () => {
      if (!closed()) props.actions.close('resolved');
    },
  });
  onMount(() => {
    // On a phone the pane replaces the list, so that the focus has to come along.
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
          {/* The list's heading is the page's first one, where the list is on the screen. */}
          <Dynamic
            component={props.phone ? 'h1' : 'h2'}
            class={styles.name}
            ref={heading}
            tabindex="-1"
            dir="auto"
          >
            {customerName(props.head.customer)}
          </Dynamic>
          <Show when={props.head.customer.email}>
            {(email) => (
              <p class={styles.email} dir="auto">
                {email()}
              </p>
            )}
          </Show>
        </div>
        <div class={styles.actions}>
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
            label="About the customer"
            aria-pressed={props.panelOpen}
            onClick={() => props.onPanel()}
          />
        </div>
      </div>
      <div class={styles.properties}>
        <Menu
          label={`Assignee: ${assignee()?.name ?? 'Unassigned'}`}
          value={assignee()?.id ?? NOBODY}
          choices={people()}
          onChoose={assign}
          disabled={closed()}
          open={assigning()}
          onOpenChange={setAssigning}
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
            .filter((one) => one.archived_at === null)
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
        <Show when={!closed()}>
          <Menu
            look="icon"
            label="More"
            value={null}
            choices={[{ value: 'spam', label: 'Close as spam' }]}
            onChoose={() => props.actions.close('spam')}
          >
            <Icon name="more" />
          </Menu>
        </Show>
      </div>
    </header>
  );
}
