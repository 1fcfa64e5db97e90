import { createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { WidgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { describeError } from '../../api/http.ts';
import { Avatar } from '../../components/Avatar.tsx';
import { ConfirmDialog } from '../../components/ConfirmDialog.tsx';
import { Icon } from '../../components/Icon.tsx';
import { LinkButton } from '../../components/LinkButton.tsx';
import { Menu } from '../../components/menu/Menu.tsx';
import { Time } from '../../components/Time.tsx';
import { showToast } from '../../lib/toasts.ts';
import { customerName } from '../inbox/names.ts';
import { endSessions, setBlocked } from './api.ts';
import styles from './CustomerPage.module.css';

/** The customer's face and name, when they were last here, and the actions. */
export function CustomerHead(props: {
  customer: WidgetCustomerRecord;
  heading: 'h1' | 'h2';
  /** The newest first. */
  conversations: readonly ConversationSummary[];
  /** The conversation that is open already. */
  openConversation: string | undefined;
  onChanged(customer: WidgetCustomerRecord): void;
  children: JSX.Element;
}) {
  const [asking, setAsking] = createSignal<'block' | 'sessions' | null>(null);
  const blocked = () => props.customer.blocked_at !== null;
  /** The newest conversation that is not closed, else the newest, unless it is open already. */
  const conversation = () => {
    const newest =
      props.conversations.find(({ status }) => status !== 'closed') ?? props.conversations[0];
    return newest?.id === props.openConversation ? undefined : newest;
  };

  async function unblock(): Promise<void> {
    try {
      props.onChanged(await setBlocked(props.customer.id, false));
    } catch (error) {
      showToast({ tone: 'bad', text: describeError(error) });
    }
  }

  function choose(value: string): void {
    if (value === 'sessions') setAsking('sessions');
    else if (blocked()) void unblock();
    else setAsking('block');
  }

  return (
    <header class={styles.head}>
      <Avatar id={props.customer.id} name={props.customer.full_name} size="large" />
      <div class={styles.who}>
        <Dynamic component={props.heading} class={styles.name} dir="auto">
          {customerName(props.customer)}
        </Dynamic>
        <p class={styles.nothing}>
          Seen <Time ago time={props.customer.last_seen_at} />
        </p>
      </div>
      <div class={styles.actions}>
        {props.children}
        <Show when={conversation()}>
          {(open) => (
            <LinkButton look="primary" href={`/inbox/all/${open().id}`}>
              Open conversation
            </LinkButton>
          )}
        </Show>
        <Menu
          look="icon"
          label="More"
          value={null}
          choices={[
            { value: 'sessions', label: 'End sessions…' },
            { value: 'block', label: blocked() ? 'Unblock' : 'Block…' },
          ]}
          onChoose={choose}
        >
          <Icon name="more" />
        </Menu>
      </div>
      <Switch>
        <Match when={asking() === 'block'}>
          <ConfirmDialog
            title={`Block ${customerName(props.customer)}?`}
            text="Their chat closes now, and they can’t open it or send messages until you unblock them. Their conversations stay in your inbox."
            action="Block"
            onConfirm={async () => props.onChanged(await setBlocked(props.customer.id, true))}
            onClose={() => setAsking(null)}
          />
        </Match>
        <Match when={asking() === 'sessions'}>
          <ConfirmDialog
            title="End all sessions?"
            text="Every browser they used becomes a new visitor and loses these conversations. You keep them. Useful after a shared computer or a lost phone."
            action="End sessions"
            onConfirm={async () => {
              await endSessions(props.customer.id);
              showToast({ tone: 'plain', text: 'Sessions ended.' });
            }}
            onClose={() => setAsking(null)}
          />
        </Match>
      </Switch>
    </header>
  );
}
