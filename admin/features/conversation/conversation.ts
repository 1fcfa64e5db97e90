import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import { describeError, RequestError } from '../../api/http.ts';
import { createLooked } from '../../lib/looked.ts';
import { isVisible } from '../../lib/visible.ts';
import { useInbox } from '../inbox/context.ts';
import { marks } from '../inbox/marked-unread.ts';
import { nameWithHint } from '../inbox/names.ts';
import { rememberOpened } from '../palette/recent.ts';
import { useSession } from '../session/session.ts';
import { changeConversation, getConversation } from './api.ts';
import { leaveConversation, resumeConversation } from './client-cache.ts';

/** `movedAway`: the agent could see it before, and cannot any more. */
export type Failure = { missing: boolean; movedAway?: boolean; text: string };

/**
 * Messages rendered at first and with each step back, so that switching conversations stays fast.
 */
const STEP = 60;

/** Milliseconds by which the list can learn of a message after the conversation does. */
const LIST_DELAY = 2_000;

/** The state of the open conversation: its live messages, and the details for the panel. */
export function createConversation(id: string) {
  const { me, notifications } = useSession();
  const { inbox } = useInbox();
  const { client, detail: lastDetail } = resumeConversation(id, me);
  const [state, setState] = createSignal(client.state);
  const [detail, setDetail] = createSignal(lastDetail);
  /** The earliest rendered message. Earlier ones are rendered when the reader scrolls back. */
  const [from, setFrom] = createSignal(client.state.messages.at(-STEP)?.seq ?? 0);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  /**
   * Reports that the conversation was not found, unless the reason is known to be that it moved
   * away.
   */
  const missing = (text: string) =>
    setFailure((before) => (before?.movedAway ? before : { missing: true, text }));
  /** Wraps every change of the messages, so that the view can keep its scroll position. */
  let keepPlace = (change: () => void) => change();

  /** Releases the lock that tells the other tabs how far this conversation was read. */
  let forget = () => {};
  onCleanup(() => setTimeout(forget, LIST_DELAY));

  /** The newest state from any source: the list, the conversation's socket, or a response. */
  const head = createMemo(() => inbox.conversations[id] ?? null);

  async function load(): Promise<void> {
    try {
      const loaded = await getConversation(id);
      batch(() => {
        setFailure(null);
        setDetail(loaded);
        inbox.update(loaded);
        rememberOpened(me.user.id, { id, name: nameWithHint(loaded.customer) });
      });
    } catch (error) {
      // 400: the URL does not contain a valid conversation id.
      const isMissing = error instanceof RequestError && [400, 404].includes(error.status);
      if (isMissing) client.stop();
      if (isMissing) missing(describeError(error));
      else if (!detail()) setFailure({ missing: false, text: describeError(error) });
    }
  }

  const unsubscribe = client.subscribe((next) => {
    const pushed = next.conversation !== state().conversation ? next.conversation : null;
    keepPlace(() =>
      batch(() => {
        setState(next);
        if (pushed) inbox.update(pushed);
        if (next.connection.state === 'stopped' && next.connection.code === 'not_found') {
          missing(next.connection.message);
        }
      }),
    );
  });

  // Updates the panel when the visitor enters a name, or the conversation moves.
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

  createEffect(
    on(
      inbox.gone,
      (goneId) => {
        if (goneId !== id) return;
        client.stop();
        setFailure({ missing: true, movedAway: true, text: '' });
      },
      { defer: true },
    ),
  );
  // A mention in a note can give this agent access again.
  createEffect(() => {
    if (head() && untrack(failure)?.movedAway) untrack(retry);
  });

  // Passing over a conversation with j and k reads nothing.
  const looked = createLooked(isVisible);
  createEffect(on(looked, (hasLooked) => hasLooked && marks.remove(id)));

  // Marks a mention of this agent as seen once they have looked.
  let seenMention = 0;
  createEffect(() => {
    const ownMention = head()?.mentions.find((mention) => mention.user_id === me.user.id);
    // After it was seen, an edit can mention the agent again.
    if (!ownMention || ownMention.seen) seenMention = 0;
    if (!ownMention || ownMention.seen || ownMention.seq <= seenMention || !looked()) return;
    seenMention = ownMention.seq;
    changeConversation(id, { mentionSeen: true }).then(inbox.update, () => {
      // It is tried again when the tab is next visible.
      seenMention = 0;
    });
  });

  const messages = createMemo(() => {
    const all = state().messages;
    return (all[0]?.seq ?? 0) >= from() ? all : all.filter(({ seq }) => seq >= from());
  });
  const isCut = () => messages().length < state().messages.length;

  /** Shows more earlier messages, from memory or from the server. */
  async function loadEarlier(): Promise<void> {
    const all = client.state.messages;
    const first = all.length - messages().length;
    if (first > 0) {
      keepPlace(() => setFrom(all[Math.max(0, first - STEP)]?.seq ?? 0));
    } else {
      setFrom(0);
      await client.loadEarlier();
    }
  }

  function retry(): void {
    setFailure(null);
    void load();
    client.start();
  }

  void load();
  client.start();
  onCleanup(() => {
    unsubscribe();
    // A conversation that is gone is not cached.
    if (failure()?.missing) client.stop();
    else leaveConversation(id, me, { client, detail: detail() });
  });

  return {
    id,
    client,
    head,
    detail,
    failure,
    messages,
    outgoing: createMemo(() => state().outgoing),
    typing: createMemo(() => state().typing),
    /** Only known while connected. */
    viewers: createMemo(() => (state().connection.state === 'open' ? state().viewers : [])),
    /** The visitor's current page; null until they change it. */
    page: createMemo(() => state().page),
    connection: createMemo(() => state().connection),
    hasEarlier: createMemo(() => isCut() || state().has_earlier),
    loadEarlier,
    heldUntil: createMemo(() => state().held_until),
    /** Whether the history has been received, even an empty one. */
    ready: createMemo(() => state().conversation !== null || state().messages.length > 0),
    keepPlace(run: typeof keepPlace): void {
      keepPlace = run;
    },
    retry,
    /** Whether the agent has looked at it for a second: from then on what they see is read. */
    looked,
    /** Marks all messages up to `seq` as seen. */
    read(seq: number): void {
      client.read(seq);
      const release = forget;
      forget = notifications.markSeen(id, seq);
      release();
      inbox.read(id, seq);
    },
  };
}

export type Conversation = ReturnType<typeof createConversation>;
