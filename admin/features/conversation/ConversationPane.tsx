import { useNavigate } from '@solidjs/router';
import { createEffect, createSignal, Match, on, Show, Switch } from 'solid-js';
import { Button } from '../../components/Button.tsx';
import { Dialog } from '../../components/Dialog.tsx';
import { Message } from '../../components/Message.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { createMedia, PHONE, VERY_WIDE } from '../../lib/media.ts';
import { useInbox } from '../inbox/context.ts';
import { ANONYMOUS, customerName } from '../inbox/names.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { createActions } from './actions.ts';
import { Composer } from './Composer.tsx';
import { ConnectionLine } from './ConnectionLine.tsx';
import { ConversationHeader } from './ConversationHeader.tsx';
import styles from './ConversationPane.module.css';
import { createConversation } from './conversation.ts';
import { closedText } from './event-text.ts';
import { History } from './History.tsx';
import { createOwnMessages } from './own-messages.ts';

const CustomerPanel = lazily(() => import('../customer/CustomerPanel.tsx'));

/** A conversation with its customer's panel. Made anew for each conversation. */
export default function ConversationPane(props: { id: string }) {
  const navigate = useNavigate();
  const { path } = useInbox();
  const conversation = createConversation(props.id);
  const actions = createActions(props.id);
  const phone = createMedia(PHONE);
  const veryWide = createMedia(VERY_WIDE);
  const [panel, setPanel] = createSignal(veryWide());
  // The aside of a wide window must not turn into a dialog over the conversation of a narrow one.
  createEffect(on(veryWide, setPanel, { defer: true }));
  const head = conversation.head;

  const mine = createOwnMessages(
    props.id,
    conversation.messages,
    () => head()?.status === 'closed',
  );
  useShortcuts({ edit: mine.editLast });

  const closed = () => {
    const current = head();
    if (!current || (actions.expected().status ?? current.status) !== 'closed') return null;
    return `${closedText(current.closed_reason)}.`;
  };

  return (
    <Switch>
      <Match when={conversation.failure()?.handedOn}>
        <Message
          icon="folder"
          title="This conversation was handed on"
          text="It is in a department that you do not serve, and not assigned to you. What you had typed is kept here."
        >
          <Button onClick={() => navigate(path())}>Back to the list</Button>
        </Message>
      </Match>
      <Match when={conversation.failure()?.missing}>
        <Message
          icon="search"
          title="This conversation cannot be found"
          text="It may be in a department that you do not serve, or of another organization."
        >
          <Button onClick={() => navigate(path())}>Back to the list</Button>
        </Message>
      </Match>
      <Match when={!head() && conversation.failure()}>
        {(failure) => (
          <Message
            alert
            icon="alert"
            title="The conversation could not be loaded"
            text={`${failure().text} Nothing is lost; your draft is kept.`}
          >
            <Button onClick={conversation.retry}>Try again</Button>
            <Show when={phone()}>
              <Button onClick={() => navigate(path())}>Back to the list</Button>
            </Show>
          </Message>
        )}
      </Match>
      <Match when={true}>
        <div class={styles.pane}>
          <Show when={head()} fallback={<div class={styles.bar} />}>
            {(current) => (
              <ConversationHeader
                head={current()}
                actions={actions}
                viewers={conversation.viewers()}
                typing={conversation.typing()}
                phone={phone()}
                panelOpen={panel()}
                onPanel={() => setPanel(!panel())}
              />
            )}
          </Show>
          <History conversation={conversation} head={head()} mine={mine} />
          <ConnectionLine conversation={conversation} />
          <Composer
            conversation={conversation}
            closed={closed()}
            onReopen={actions.reopen}
            visitor={customerName(head()?.customer ?? { full_name: ANONYMOUS })}
          />
        </div>
        <Show
          when={veryWide()}
          fallback={
            <Dialog look="end" title="Customer" open={panel()} onClose={() => setPanel(false)}>
              <CustomerPanel conversation={conversation} onOpened={() => setPanel(false)} />
            </Dialog>
          }
        >
          <Show when={panel()}>
            <aside class={styles.panel} aria-label="Customer">
              <CustomerPanel conversation={conversation} />
            </aside>
          </Show>
        </Show>
      </Match>
    </Switch>
  );
}
