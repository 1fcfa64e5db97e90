import type { ConversationSummary, VisitorConversation } from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import type { UpFrame } from '../frames/up.ts';
import { PAGE_OF_MESSAGES } from '../limits.ts';
import { backoff } from './backoff.ts';
import { type ConversationFrame, readFrame } from './frames.ts';
import { createSocketLink } from './link.ts';
import { addMessages, amendMessages, highestSeq, isAmendment } from './log.ts';
import type {
  ConversationClient,
  ConversationClientOptions,
  ConversationState,
  OutgoingMessage,
} from './types.ts';
import { createTypingSender, createTypists } from './typing.ts';
import { uuidv7 } from './uuid.ts';

/** Failures to start the backoff at when the Worker says that sending is too fast: 4 to 8 s. */
const HOLD_FROM = 3;

/** Milliseconds between two read marks: who watches a stream of messages need not count them. */
const READ_PAUSE = 1_000;

/**
 * One conversation, kept in step with its server over sockets that come and go. Nothing happens
 * before `start`.
 */
export function createConversationClient<
  Head extends VisitorConversation | ConversationSummary = VisitorConversation,
>(options: ConversationClientOptions): ConversationClient<Head> {
  type State = ConversationState<Head>;

  const { http, outbox, self } = options;
  const listeners = new Set<(state: State) => void>();
  let state: State = {
    connection: { state: 'idle' },
    conversation: null,
    messages: [],
    outgoing: outbox.load(),
    typing: [],
    viewers: [],
    page: null,
    has_earlier: false,
    held_until: null,
  };
  /**
   * Up to here nothing is missing; what `hello` asks after. Live frames move it only once this
   * socket has caught up: before that they may be ahead of what is still to come.
   */
  let cursor = 0;
  let caughtUp = false;
  /** Sent on this socket; an ack may come for one that was discarded meanwhile. */
  const inFlight = new Map<string, OutgoingMessage>();
  let holds = 0;
  let holdTimer: ReturnType<typeof setTimeout> | undefined;
  let readSeq = 0;
  /** What this socket was told of it. */
  let sentRead = 0;
  let readTimer: ReturnType<typeof setTimeout> | undefined;
  let earlier: Promise<void> | null = null;
  let page: UpFrame | undefined;

  function set(change: Partial<State>): void {
    state = { ...state, ...change };
    for (const listener of [...listeners]) listener(state);
  }

  const say = (frame: UpFrame, answered = false) => link.send(JSON.stringify(frame), answered);
  const hello = () => say({ type: 'hello', after: cursor }, true);

  const typists = createTypists((typing) => set({ typing }));
  let note: true | undefined;
  const typingSender = createTypingSender((typing) => {
    if (caughtUp) say({ type: 'typing', typing, note });
  });

  const link = createSocketLink({
    url: options.url,
    protocols: options.protocols,
    fallback: options.fallback,
    check: http.check,
    onOpen: hello,
    onText(text) {
      const frame = readFrame<Head>(text);
      if (frame) receive(frame);
    },
    onConnection(connection) {
      caughtUp = false;
      sentRead = 0;
      inFlight.clear();
      if (connection.state !== 'open') {
        release();
        typists.clear();
      }
      set({ connection });
    },
  });

  /** Takes messages in, and with them `more`; those that were waiting here are thereby sent. */
  function take(added: readonly Message[], more?: Partial<State>): void {
    const arrived = new Set(added.map((message) => message.id));
    for (const { id } of state.outgoing) if (arrived.has(id)) outbox.remove(id);
    for (const message of added) typists.remove(message.sender);
    const lines = added.filter(({ event }) => !isAmendment(event));
    const amendments = added.filter(({ event }) => isAmendment(event));
    set({
      messages: amendMessages(addMessages(state.messages, lines), amendments),
      outgoing: state.outgoing.filter((message) => !arrived.has(message.id)),
      ...more,
    });
    if (caughtUp) cursor = highestSeq(added, cursor);
  }

  /** The head that came last is the newest. Read marks also come by themselves, and never go back. */
  function newer(head: Head): Head {
    const current = state.conversation ?? head;
    return {
      ...head,
      visitor_read_seq: Math.max(current.visitor_read_seq, head.visitor_read_seq),
      agent_read_seq: Math.max(current.agent_read_seq, head.agent_read_seq),
    };
  }

  function update(id: string, change: (message: OutgoingMessage) => OutgoingMessage): void {
    const outgoing = state.outgoing.map((message) => {
      if (message.id !== id) return message;
      const changed = change(message);
      outbox.put(changed);
      return changed;
    });
    set({ outgoing });
  }

  function transmit(message: OutgoingMessage): void {
    if (!caughtUp || state.held_until !== null || message.state !== 'pending') return;
    inFlight.set(message.id, message);
    const { id, body, kind, mentions } = message;
    say({ type: 'send', id, body, kind, mentions }, true);
  }

  function transmitAll(): void {
    for (const message of state.outgoing) transmit(message);
  }

  /**
   * Sending was too fast: everything waits, so that the order stays.
   *
   * @param seconds how long at least, where the Worker says so
   */
  function hold(seconds = 0): void {
    if (state.held_until !== null) return;
    const pause = Math.max(backoff(HOLD_FROM + holds++), seconds * 1_000);
    set({ held_until: Date.now() + pause });
    holdTimer = setTimeout(() => {
      release();
      transmitAll();
    }, pause);
  }

  function release(): void {
    clearTimeout(holdTimer);
    if (state.held_until !== null) set({ held_until: null });
  }

  function welcomed(frame: Extract<ConversationFrame<Head>, { type: 'welcome' }>): void {
    const first = cursor === 0;
    set({ conversation: newer(frame.conversation) });
    const reached = highestSeq(frame.messages, cursor);
    if (frame.more && reached > cursor) {
      if (first && frame.last_seq - reached > PAGE_OF_MESSAGES) {
        void skipToEnd(frame.last_seq);
        return;
      }
      take(frame.messages);
      cursor = reached;
      hello();
      return;
    }
    caughtUp = true;
    take(frame.messages);
    // Another tab may have left something meanwhile; the server knows by the id what it has (P4).
    const here = new Set(state.outgoing.map((message) => message.id));
    const there = new Set(state.messages.map((message) => message.id));
    const left = outbox.load().filter(({ id }) => !here.has(id) && !there.has(id));
    if (left.length > 0) set({ outgoing: [...state.outgoing, ...left] });
    transmitAll();
    sendRead();
    if (page) say(page);
  }

  /** A long history is read from its end; `loadEarlier` fetches the rest when somebody scrolls. */
  async function skipToEnd(lastSeq: number): Promise<void> {
    const { connection } = state;
    try {
      const page = await http.messagesBefore(lastSeq + 1);
      if (state.connection !== connection || cursor !== 0) return;
      takeEarlier(page);
      cursor = highestSeq(page.items, cursor);
      hello();
    } catch {
      // The next attempt starts over, after the pause that a lost socket gets.
      if (state.connection === connection) link.reconnect();
    }
  }

  function takeEarlier({ items, next_cursor }: Awaited<ReturnType<typeof http.messagesBefore>>) {
    // In one change, so that a view keeps its place once.
    take(items, { has_earlier: next_cursor !== null });
  }

  function sendRead(): void {
    if (readTimer) return;
    const head = state.conversation;
    if (!caughtUp || !head) return;
    const mark = self.kind === 'agent' ? options.readSeqOf?.(head) : head.visitor_read_seq;
    if (readSeq <= Math.max(sentRead, mark ?? 0)) return;
    say({ type: 'read', seq: readSeq });
    sentRead = readSeq;
    readTimer = setTimeout(() => {
      readTimer = undefined;
      sendRead();
    }, READ_PAUSE);
  }

  function acked({ id, seq, sent_at }: Extract<ConversationFrame<Head>, { type: 'ack' }>): void {
    const sent = inFlight.get(id);
    if (!sent) return;
    inFlight.delete(id);
    holds = 0;
    const { kind, body, mentions } = sent;
    take([{ seq, id, kind, sender: self, body, sent_at, mentions }]);
  }

  function moveReadMark({ reader, seq }: Extract<ConversationFrame<Head>, { type: 'read' }>): void {
    const head = state.conversation;
    const mark = reader === 'agent' ? 'agent_read_seq' : 'visitor_read_seq';
    if (head && head[mark] < seq) set({ conversation: { ...head, [mark]: seq } });
  }

  function refused(frame: Extract<ConversationFrame<Head>, { type: 'error' }>): void {
    const { id, code } = frame;
    if (code === 'rate_limited') hold(frame.retry_after);
    else if (id) {
      inFlight.delete(id);
      update(id, (refusal) => ({ ...refusal, state: 'failed', error: frame }));
    }
  }

  type Typed = Extract<ConversationFrame<Head>, { type: 'typing' }>;
  function typed({ sender, typing, note }: Typed): void {
    if (sender.kind === self.kind && sender.id === self.id) return;
    if (typing) typists.add({ ...sender, note });
    else typists.remove(sender);
  }

  function receive(frame: ConversationFrame<Head>): void {
    if (frame.type === 'welcome') welcomed(frame);
    else if (frame.type === 'message') take([frame.message]);
    else if (frame.type === 'ack') acked(frame);
    else if (frame.type === 'typing') typed(frame);
    else if (frame.type === 'read') moveReadMark(frame);
    else if (frame.type === 'conversation') set({ conversation: newer(frame.conversation) });
    else if (frame.type === 'viewers') set({ viewers: frame.viewers });
    else if (frame.type === 'page') set({ page: frame.page });
    else refused(frame);
  }

  return {
    get state() {
      return state;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: link.start,
    stop() {
      typingSender.forget();
      link.stop();
    },
    send(body, kind = 'text', mentions) {
      const created_at = new Date().toISOString();
      const message: OutgoingMessage = {
        id: uuidv7(),
        kind,
        body,
        mentions,
        created_at,
        state: 'pending',
      };
      outbox.put(message);
      typingSender.forget();
      set({ outgoing: [...state.outgoing, message] });
      transmit(message);
      return message.id;
    },
    retry(id) {
      update(id, ({ error: _, ...message }) => ({ ...message, state: 'pending' }));
      for (const message of state.outgoing) if (message.id === id) transmit(message);
    },
    discard(id) {
      outbox.remove(id);
      set({ outgoing: state.outgoing.filter((message) => message.id !== id) });
    },
    typing(typing, isNote) {
      note = isNote;
      typingSender.typing(typing);
    },
    page(where) {
      page = { type: 'page', ...where };
      if (caughtUp) say(page);
    },
    read(seq) {
      if (seq <= readSeq) return;
      readSeq = seq;
      sendRead();
    },
    loadEarlier(onArrival) {
      const first = state.messages[0];
      if (!first || !state.has_earlier) return Promise.resolve();
      earlier ??= http
        .messagesBefore(first.seq)
        .then((page) => {
          onArrival?.();
          takeEarlier(page);
        })
        .finally(() => {
          earlier = null;
        });
      return earlier;
    },
  };
}
