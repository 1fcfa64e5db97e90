import type { ConversationSummary, VisitorConversation } from '../conversation/conversation.ts';
import type { Message } from '../conversation/message.ts';
import type { DownFrame } from '../frames/down.ts';
import type { UpFrame } from '../frames/up.ts';
import { PING, PONG, PROTOCOL } from '../version.ts';
import { RequestError } from './http.ts';
import { highestSeq } from './log.ts';
import type { Transport } from './types.ts';

/** Milliseconds between two looks for messages, while the page is visible. */
const PAUSE = 4_000;

/** Looks until the conversation's head is read again, for read marks; an event brings it at once. */
const HEAD_EVERY = 5;

/** Milliseconds between two attempts to get a socket after all. */
const PROBE = 60_000;

export type PollingOptions = {
  /** As of `ConversationClientOptions`, for the socket that is tried now and then. */
  url: string;
  protocols(renew: boolean): Promise<string[]>;
  messagesAfter(after: number): Promise<{ items: Message[]; next_cursor: string | null }>;
  /** The conversation now; `added` are the messages that were read just before. */
  head(added: readonly Message[]): Promise<VisitorConversation | ConversationSummary>;
  post(message: {
    id: string;
    body: string;
    kind?: 'text' | 'note' | undefined;
    mentions?: string[] | undefined;
  }): Promise<{ id: string; seq: number; sent_at: string }>;
};

/** A refusal of this one message, which would not be another when asked again. */
const refusesMessage = (error: unknown): error is RequestError =>
  error instanceof RequestError &&
  error.status >= 400 &&
  error.status < 500 &&
  error.status !== 401 &&
  error.status !== 408;

/**
 * Protocol 1 over HTTP, for networks that let no socket through: answers what a client says as a
 * socket would, from requests. Who types is not told, and read marks are not sent. It ends as a
 * lost socket does when HTTP fails, and to make room when a socket opens again.
 */
export function createPolling(options: PollingOptions): Transport {
  return (events) => {
    let cursor = 0;
    let looks = 0;
    let ended = false;
    let pause: ReturnType<typeof setTimeout> | undefined;
    let work = Promise.resolve();
    const probes = setInterval(() => void probe(), PROBE);

    const say = (frame: DownFrame) => events.text(JSON.stringify(frame));

    function end(): void {
      ended = true;
      clearTimeout(pause);
      clearInterval(probes);
    }

    function lose(): void {
      if (ended) return;
      end();
      events.closed(1006, '');
    }

    /** One thing after the other, so that messages keep their order; none after the end. */
    function next(step: () => Promise<void>): void {
      work = work.then(() => (ended ? undefined : step())).catch(lose);
    }

    function wait(): void {
      clearTimeout(pause);
      pause = setTimeout(() => (document.hidden ? wait() : next(look)), PAUSE);
    }

    async function welcome(after: number): Promise<void> {
      const { items, next_cursor } = await options.messagesAfter(after);
      const conversation = await options.head(items);
      cursor = highestSeq(items, after);
      say({
        type: 'welcome',
        protocol: PROTOCOL,
        conversation,
        last_seq: cursor,
        messages: items,
        more: next_cursor !== null,
      });
      wait();
    }

    async function look(): Promise<void> {
      const { items, next_cursor } = await options.messagesAfter(cursor);
      cursor = highestSeq(items, cursor);
      for (const message of items) say({ type: 'message', message });
      if (next_cursor !== null) return look();
      looks += 1;
      if (looks % HEAD_EVERY === 0 || items.some(({ kind }) => kind === 'event')) {
        say({ type: 'conversation', conversation: await options.head(items) });
      }
      wait();
    }

    async function post({ type: _, ...sent }: Extract<UpFrame, { type: 'send' }>): Promise<void> {
      const { id } = sent;
      try {
        const ack = await options.post(sent);
        // What others wrote before it comes first: an ack says that nothing below it is missing.
        await look();
        say({ type: 'ack', ...ack });
      } catch (error) {
        if (!refusesMessage(error)) throw error;
        const { code, message } = error;
        say({ type: 'error', code, message, id });
      }
    }

    /** A socket that opens means that this is not needed any more. */
    async function probe(): Promise<void> {
      if (document.hidden) return;
      try {
        const socket = new WebSocket(options.url, await options.protocols(false));
        socket.onopen = () => {
          socket.close();
          lose();
        };
      } catch {
        // No token now; the requests find out why.
      }
    }

    next(async () => events.opened());
    return {
      close: end,
      send(text) {
        if (text === PING) {
          // Sent when the page wakes, too: then there may be something to see.
          next(look);
          next(async () => events.text(PONG));
          return;
        }
        const frame: UpFrame = JSON.parse(text);
        if (frame.type === 'hello') next(() => welcome(frame.after));
        else if (frame.type === 'send') next(() => post(frame));
      },
    };
  };
}
