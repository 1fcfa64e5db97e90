import type { ConversationSummary, VisitorConversation } from '../conversation/conversation.ts';
import type { Message, Sender } from '../conversation/message.ts';

/** A message that its sender wrote and the Worker has not acked. It survives a reload. */
export type OutgoingMessage = {
  id: string;
  kind: 'text' | 'note';
  body: string;
  /** Users whom a note names. */
  mentions?: string[] | undefined;
  /** When it was written, ISO 8601: for display, never for order. */
  created_at: string;
  /** `failed`: the Worker refused it for the reason in `error`; it waits for a retry or a discard. */
  state: 'pending' | 'failed';
  error?: { code: string; message: string; site_key?: string | undefined };
};

/** Somebody who types: with `note`, a private note. */
export type Typist = Sender & { note?: boolean | undefined };

export type Connection =
  | { state: 'idle' }
  | { state: 'connecting' }
  | { state: 'open' }
  /** Lost; tries again at `retry_at` (milliseconds since the epoch), or at once when `online` fires. */
  | { state: 'waiting'; reason: 'offline' | 'lost' | 'rate_limited'; retry_at: number }
  /** Trying again does not help: signed out, gone or removed. `start` may be called again. */
  | { state: 'stopped'; code: string; message: string };

type Where = { url: string; title: string };

/** One immutable snapshot; every change makes a new one. */
export type ConversationState<Head extends VisitorConversation | ConversationSummary> = {
  connection: Connection;
  /** Null before the first `welcome`. */
  conversation: Head | null;
  /** In order of seq, without doubles. */
  messages: readonly Message[];
  /** In the order in which they were written; shown below `messages`. */
  outgoing: readonly OutgoingMessage[];
  /** The people who are typing now; each falls out after a few seconds without another frame. */
  typing: readonly Typist[];
  /** Agents only: who of them has the conversation open, oneself included. */
  viewers: readonly { id: string; name: string }[];
  /** Where the visitor is now; null before they moved. Agents only. */
  page: Where | null;
  /** Whether earlier messages than the first one here exist on the server. */
  has_earlier: boolean;
  /** Sending was too fast and goes on by itself at this time (milliseconds since the epoch). */
  held_until: number | null;
};

/**
 * Keeps what was not acked, message by message, so that two tabs that share it never drop each
 * other's. Never throws: storage may be denied.
 */
export type OutboxStorage = {
  /** In the order in which they were written, other tabs' and closed tabs' included. */
  load(): OutgoingMessage[];
  put(message: OutgoingMessage): void;
  remove(id: string): void;
};

/** What the client asks of HTTP. Each rejects with a `RequestError` when it was refused. */
export type ConversationHttp = {
  /** Messages before a seq, newest page, in ascending order. */
  messagesBefore(before: number): Promise<{ items: Message[]; next_cursor: string | null }>;
  /** Asks what is wrong with a socket that never opened: resolves when nothing is. */
  check(): Promise<void>;
};

/** What a transport tells, each with the meaning it has at a WebSocket. */
type TransportEvents = {
  opened(): void;
  text(text: string): void;
  closed(code: number, reason: string): void;
};

/** Begins a way to the Worker: a WebSocket, or what stands in for one. Its events come later. */
export type Transport = (events: TransportEvents) => { send(text: string): void; close(): void };

export type ConversationClientOptions = {
  /** `wss:` address of the conversation's socket. */
  url: string;
  /**
   * Subprotocols for the next attempt, token included; asked before each, so that a token is
   * fresh. `renew` is true when the last one was refused as expired (401).
   */
  protocols(renew: boolean): Promise<string[]>;
  http: ConversationHttp;
  /** What stands in where no socket ever opens though HTTP works; its code loads with it. */
  fallback?: () => Promise<Transport>;
  outbox: OutboxStorage;
  /** Who sends from here: the sender of what gets acked, and whose read mark `read` moves. */
  self: Sender;
  /** Agents only: how far the agent has read, by what the server says of the conversation. */
  readSeqOf?: (head: VisitorConversation | ConversationSummary) => number;
};

export interface ConversationClient<Head extends VisitorConversation | ConversationSummary> {
  readonly state: ConversationState<Head>;
  subscribe(listener: (state: ConversationState<Head>) => void): () => void;
  /** Connects and stays connected until `stop`. While waiting for the next attempt, makes it now. */
  start(): void;
  stop(): void;
  /**
   * Shows the message as pending at once; returns its id.
   *
   * @param mentions users whom a note names
   */
  send(body: string, kind?: 'text' | 'note', mentions?: string[]): string;
  retry(id: string): void;
  discard(id: string): void;
  /** Says that a person types, a private note or what all may read; repeats are thinned out here. */
  typing(typing: boolean, note?: true): void;
  /** Where the visitor is now, as short as the wire wants it; said again on every new socket. */
  page(page: Where): void;
  /** Says that a person saw everything up to `seq`; going back is ignored. */
  read(seq: number): void;
  /**
   * Fetches a page of what was said before the first message here.
   *
   * @param onArrival called when it is there, before the state changes
   */
  loadEarlier(onArrival?: () => void): Promise<void>;
}
