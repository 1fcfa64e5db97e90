import { batch, createEffect, createMemo, createSignal, on, onCleanup } from 'solid-js';
import type { ConversationClient } from '../../../protocol/client/types.ts';
import type { ConversationSummary } from '../../../protocol/conversation.ts';
import type { ConversationDetail } from '../../../protocol/resources.ts';
import { changeConversation, getConversation } from '../../api/conversations.ts';
import { describeError, RequestError } from '../../api/http.ts';
import { openConversation } from '../../api/sockets.ts';
import { isLookedAt } from '../../lib/visible.ts';
import { useInbox } from '../inbox/context.ts';
import { customerName } from '../inbox/names.ts';
import { rememberOpened } from '../palette/recent.ts';
import { useSession } from '../session/session.ts';

type Failure = { missing: boolean; text: string };

/** Whether something still waits to be sent by itself. */
const isSending = (client: ConversationClient<ConversationSummary>) =>
  client.state.outgoing.some((message) => message.state === 'pending');

/** Stops a client once nothing waits in it: leaving a conversation must not hold a message back. */
function retire(client: ConversationClient<ConversationSummary>): void {
  if (!isSending(client)) {
    client.stop();
    return;
  }
  const unsubscribe = client.subscribe(({ connection }) => {
    if (isSending(client) && connection.state !== 'stopped') return;
    unsubscribe();
    queueMicrotask(() => client.stop());
  });
}

/** One conversation on the screen: its messages, live, and what the panel shows of it. */
export function createConversation(id: string) {
  const { me } = useSession();
  const { inbox } = useInbox();
  const client = openConversation(id, me);
  const [state, setState] = createSignal(client.state);
  const [detail, setDetail] = createSignal<ConversationDetail | null>(null);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  /** Called around every change of the messages, so that the view can keep its place. */
  let keepPlace = (change: () => void) => change();

  /** The newest state that anyone told: the list, the conversation's socket, or an answer. */
  const head = createMemo(() => inbox.known[id] ?? null);

  async function load(): Promise<void> {
    try {
      const loaded = await getConversation(id);
      batch(() => {
        setFailure(null);
        setDetail(loaded);
        inbox.update(loaded);
        rememberOpened(me.user.id, { id, name: customerName(loaded.customer) });
      });
    } catch (error) {
      // 400: the address holds something that is no conversation's id at all.
      const missing = error instanceof RequestError && [400, 404].includes(error.status);
      if (missing) client.stop();
      if (missing || !detail()) setFailure({ missing, text: describeError(error) });
    }
  }

  const unsubscribe = client.subscribe((next) => {
    const told = next.conversation !== state().conversation ? next.conversation : null;
    keepPlace(() =>
      batch(() => {
        setState(next);
        if (told) inbox.update(told);
        if (next.connection.state === 'stopped' && next.connection.code === 'not_found') {
          setFailure({ missing: true, text: next.connection.message });
        }
      }),
    );
  });

  // The panel follows when the visitor gives a name, or the conversation moves.
  createEffect(
    on(
      () => {
        const { customer, department_id } = head() ?? {};
        return JSON.stringify([customer?.full_name, customer?.email, department_id]);
      },
      () => void (detail() && load()),
      { defer: true },
    ),
  );

  // A note that names this agent is seen once it is on the screen of somebody who looks.
  let said = 0;
  createEffect(() => {
    const named = head()?.mentions.find((one) => one.user_id === me.user.id);
    if (!named || named.seen || named.seq <= said || !isLookedAt()) return;
    said = named.seq;
    changeConversation(id, { mentionSeen: true }).then(inbox.update, () => {
      // The next look tries again.
      said = 0;
    });
  });

  void load();
  client.start();
  onCleanup(() => {
    unsubscribe();
    retire(client);
  });

  return {
    id,
    client,
    head,
    detail,
    failure,
    messages: createMemo(() => state().messages),
    outgoing: createMemo(() => state().outgoing),
    typing: createMemo(() => state().typing),
    viewers: createMemo(() => state().viewers),
    /** Where the visitor is now; null before they moved. */
    page: createMemo(() => state().page),
    connection: createMemo(() => state().connection),
    hasEarlier: createMemo(() => state().has_earlier),
    heldUntil: createMemo(() => state().held_until),
    /** Whether the history has been received, be it empty. */
    ready: createMemo(() => state().conversation !== null || state().messages.length > 0),
    keepPlace(run: (change: () => void) => void): void {
      keepPlace = run;
    },
    retry(): void {
      setFailure(null);
      void load();
      client.start();
    },
    /** Marks everything up to `seq` as seen by a person. */
    read(seq: number): void {
      client.read(seq);
      const current = inbox.known[id];
      if (current && current.agent_read_seq < seq)
        inbox.update({ ...current, agent_read_seq: seq });
    },
  };
}

export type Conversation = ReturnType<typeof createConversation>;
