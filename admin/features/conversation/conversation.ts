import { batch, createEffect, createMemo, createSignal, on, onCleanup, untrack } from 'solid-js';
import { describeError, RequestError } from '../../api/http.ts';
import { isVisible } from '../../lib/visible.ts';
import { useInbox } from '../inbox/context.ts';
import { marks } from '../inbox/marked-unread.ts';
import { customerName } from '../inbox/names.ts';
import { rememberOpened } from '../palette/recent.ts';
import { useSession } from '../session/session.ts';
import { changeConversation, getConversation } from './api.ts';
import { leaveConversation, resumeConversation } from './client-cache.ts';

/** `handedOn`: it was there, and is not this agent's to see any more. */
export type Failure = { missing: boolean; movedAway?: boolean; text: string };

/** Messages that are drawn at first, and with each step back: switching must not wait for the rest. */
const STEP = 60;

/** Milliseconds by which the list may be told of a message after the conversation was. */
const LIST_DELAY = 2_000;

/** One conversation on the screen: its messages, live, and what the panel shows of it. */
export function createConversation(id: string) {
  const { me, notifications } = useSession();
  const { inbox } = useInbox();
  const { client, detail: lastDetail } = resumeConversation(id, me);
  const [state, setState] = createSignal(client.state);
  const [detail, setDetail] = createSignal(lastDetail);
  /** Earlier ones are there, and are drawn when somebody scrolls back. */
  const [from, setFrom] = createSignal(client.state.messages.at(-STEP)?.seq ?? 0);
  const [failure, setFailure] = createSignal<Failure | null>(null);
  /** It cannot be found; where it was just handed on, that is why. */
  const missing = (text: string) =>
    setFailure((before) => (before?.movedAway ? before : { missing: true, text }));
  /** Called around every change of the messages, so that the view can keep its place. */
  let keepPlace = (change: () => void) => change();

  /** Ends what all tabs know of how far this one was read. */
  let forget = () => {};
  onCleanup(() => setTimeout(forget, LIST_DELAY));

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
  // A note may have called this agent back to it.
  createEffect(() => {
    if (head() && untrack(failure)?.movedAway) untrack(retry);
  });

  // A note that names this agent is seen once it is on the screen of somebody who looks.
  let seenMention = 0;
  createEffect(() => {
    const ownMention = head()?.mentions.find((mention) => mention.user_id === me.user.id);
    // Once it is seen, an edit may name them anew.
    if (!ownMention || ownMention.seen) seenMention = 0;
    if (!ownMention || ownMention.seen || ownMention.seq <= seenMention || !isVisible()) return;
    seenMention = ownMention.seq;
    changeConversation(id, { mentionSeen: true }).then(inbox.update, () => {
      // The next look tries again.
      seenMention = 0;
    });
  });

  const messages = createMemo(() => {
    const all = state().messages;
    return (all[0]?.seq ?? 0) >= from() ? all : all.filter(({ seq }) => seq >= from());
  });
  const isCut = () => messages().length < state().messages.length;

  /** Puts some more of what was said before on the screen, from here or from the server. */
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

  marks.remove(id);
  void load();
  client.start();
  onCleanup(() => {
    unsubscribe();
    // What is not there any more is not kept for coming back.
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
    /** Known while connected only: who was there before may have left. */
    viewers: createMemo(() => (state().connection.state === 'open' ? state().viewers : [])),
    /** Where the visitor is now; null before they moved. */
    page: createMemo(() => state().page),
    connection: createMemo(() => state().connection),
    hasEarlier: createMemo(() => isCut() || state().has_earlier),
    loadEarlier,
    heldUntil: createMemo(() => state().held_until),
    /** Whether the history has been received, be it empty. */
    ready: createMemo(() => state().conversation !== null || state().messages.length > 0),
    keepPlace(run: typeof keepPlace): void {
      keepPlace = run;
    },
    retry,
    /** Marks everything up to `seq` as seen by a person. */
    read(seq: number): void {
      client.read(seq);
      const release = forget;
      forget = notifications.markSeen(id, seq);
      release();
      const current = inbox.known[id];
      if (current && current.agent_read_seq < seq)
        inbox.update({ ...current, agent_read_seq: seq });
    },
  };
}

export type Conversation = ReturnType<typeof createConversation>;
