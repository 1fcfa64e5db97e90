import { useNavigate, useSearchParams } from '@solidjs/router';
import { createEffect, createSignal, Match, on, onCleanup, Show, Switch } from 'solid-js';
import { Dialog } from '../../components/Dialog.tsx';
import { lazily } from '../../lib/lazily.tsx';
import { createMedia, PHONE, VERY_WIDE } from '../../lib/media.ts';
import { useInbox } from '../inbox/context.ts';
import { ANONYMOUS, customerName } from '../inbox/names.ts';
import { useShortcuts } from '../shortcuts/shortcuts.ts';
import { createActions } from './actions.ts';
import { ConnectionLine } from './ConnectionLine.tsx';
import styles from './ConversationPane.module.css';
import { Composer } from './composer/Composer.tsx';
import { createConversation } from './conversation.ts';
import { ConversationHeader } from './header/ConversationHeader.tsx';
import { History } from './history/History.tsx';
import { closedText } from './message/event-text.ts';
import { createOwnMessages } from './message/own-messages.ts';

const ConversationFailure = lazily(() => import('./ConversationFailure.tsx'));
const CustomerPanel = lazily(() => import('../customers/CustomerPanel.tsx'), { late: true });
const CustomerSheet = lazily(() => import('../customers/CustomerSheet.tsx'), { ahead: false });

/** A conversation with its customer's panel. Created again for each conversation. */
export function ConversationPane(props: { id: string }) {
  const navigate = useNavigate();
  const [query] = useSearchParams();
  const { inbox, flow, path } = useInbox();
  const conversation = createConversation(props.id);
  const actions = createActions(props.id);
  const phone = createMedia(PHONE);
  const veryWide = createMedia(VERY_WIDE);
  const [panel, setPanel] = createSignal(veryWide());
  // When the window narrows, an open panel must not become a dialog over the conversation.
  createEffect(on(veryWide, setPanel, { defer: true }));
  const head = conversation.head;

  const mine = createOwnMessages(
    props.id,
    conversation.messages,
    () => head()?.status === 'closed',
  );
  useShortcuts({ edit: mine.editLast });
  onCleanup(flow.arrived(props.id, actions));

  const closed = () => {
    const current = head();
    if (!current || (actions.expected().status ?? current.status) !== 'closed') return null;
    return `${closedText(current.closed_reason, current.closed_by, inbox.me.user.id)}.`;
  };

  return (
    <Switch>
      <Match when={conversation.failure()?.missing || !head() ? conversation.failure() : null}>
        {(failure) => (
          <ConversationFailure
            failure={failure()}
            phone={phone()}
            onRetry={conversation.retry}
            onBack={() => navigate(path())}
          />
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
            onSendAndClose={actions.closeAfter}
            visitor={customerName(head()?.customer ?? { full_name: ANONYMOUS })}
          />
        </div>
        <Show
          when={veryWide()}
          fallback={
            <Dialog look="end" title="Customer" open={panel()} onClose={() => setPanel(false)}>
              <CustomerPanel
                conversation={conversation}
                actions={actions}
                onOpened={() => setPanel(false)}
              />
            </Dialog>
          }
        >
          <Show when={panel()}>
            <aside class={styles.panel} aria-label="Customer">
              <CustomerPanel conversation={conversation} actions={actions} />
            </aside>
          </Show>
        </Show>
        <Show when={typeof query.customer === 'string' && query.customer}>
          {(id) => <CustomerSheet customerId={id()} conversationId={props.id} />}
        </Show>
      </Match>
    </Switch>
  );
}
