import { PING_SECONDS } from '../limits.ts';
import { CloseCode, isFatal, PING, PONG } from '../version.ts';
import { backoff } from './backoff.ts';
import { RequestError } from './http.ts';
import type { Connection, Transport } from './types.ts';

/**
 * Milliseconds until silence after a question counts as a lost network, and while connecting as a
 * reason to ask HTTP. Twice as long for a browser that comes back: the server may have everybody to
 * answer.
 */
const SILENCE = 10_000;

/** Sockets in a row that never opened while HTTP answers: this network lets none through. */
const UNOPENED = 3;

/** Seconds to wait when the server asks for patience without saying how much. */
const PATIENCE = 5;

export type SocketLinkOptions = {
  url: string;
  /** See `ConversationClientOptions`. */
  protocols(renew: boolean): Promise<string[]>;
  /** See `ConversationClientOptions`. */
  fallback?: (() => Promise<Transport>) | undefined;
  /** See `ConversationHttp`. */
  check(): Promise<void>;
  /** The socket is open: say hello. */
  onOpen(): void;
  onText(text: string): void;
  onConnection(connection: Connection): void;
};

/** A WebSocket that comes back. What was sent on a lost one has an unknown fate. */
export type SocketLink = {
  start(): void;
  stop(): void;
  /** Gives the socket up and comes back after the pause that a lost one gets. */
  reconnect(): void;
  /** False when there is no open socket. `answered`: silence after this frame means a dead socket. */
  send(text: string, answered?: boolean): boolean;
};

const fatalCodes: Record<number, string> = {
  [CloseCode.protocolViolated]: 'protocol_violated',
  [CloseCode.sessionEnded]: 'session_expired',
  [CloseCode.blocked]: 'blocked',
  [CloseCode.frameTooLarge]: 'payload_too_large',
  [CloseCode.flooded]: 'rate_limited',
};

const webSocket =
  (url: string, protocols: string[]): Transport =>
  (events) => {
    const socket = new WebSocket(url, protocols);
    socket.onopen = events.opened;
    socket.onmessage = (event: MessageEvent<unknown>) => events.text(`${event.data}`);
    socket.onclose = ({ code, reason }) => events.closed(code, reason);
    return socket;
  };

/**
 * Closes a socket that nobody listens to any more. A browser warns on the console about one that is
 * closed before it opens, so it opens first; one that does not open in time is closed all the same.
 */
function closeOnceOpen(socket: WebSocket): void {
  socket.onmessage = null;
  socket.onopen = () => socket.close();
  setTimeout(() => socket.close(), SILENCE);
}

export function createSocketLink(options: SocketLinkOptions): SocketLink {
  let connection: Connection = { state: 'idle' };
  let socket: ReturnType<Transport> | null = null;
  /** Whatever belongs to an earlier number than this one comes too late. */
  let attempt = 0;
  let failures = 0;
  let unopened = 0;
  let renew = false;
  let retryTimer: ReturnType<typeof setTimeout> | undefined;
  let idleTimer: ReturnType<typeof setTimeout> | undefined;
  let silenceTimer: ReturnType<typeof setTimeout> | undefined;

  const become = (next: Connection) => {
    connection = next;
    options.onConnection(next);
  };

  /** Leaves the socket there is, if any; nothing of it is heard again. */
  function leave(): number {
    clearTimeout(retryTimer);
    clearTimeout(idleTimer);
    clearTimeout(silenceTimer);
    silenceTimer = undefined;
    const old = socket;
    socket = null;
    old?.close();
    return ++attempt;
  }

  function halt(code: string, message: string): void {
    leave();
    listen(false);
    become({ state: 'stopped', code, message });
  }

  function wait(milliseconds: number, reason: 'offline' | 'lost' | 'rate_limited'): void {
    leave();
    retryTimer = setTimeout(connect, milliseconds);
    become({ state: 'waiting', reason, retry_at: Date.now() + milliseconds });
  }

  function lost(atLeast = 0): void {
    const offline = navigator.onLine === false;
    wait(Math.max(backoff(failures++), atLeast), offline ? 'offline' : 'lost');
  }

  /** Decides by what HTTP answered when a socket could not be opened; nothing: that HTTP works. */
  function refused(error: unknown): void {
    if (!(error instanceof RequestError)) {
      lost();
      return;
    }
    if (error.status === 401 && !renew) {
      renew = true;
      void connect();
    } else if (error.status === 429) {
      wait((error.retryAfter ?? PATIENCE) * 1_000, 'rate_limited');
    } else if (error.status >= 400 && error.status < 500 && error.status !== 408) {
      halt(error.code, error.message);
    } else {
      lost((error.retryAfter ?? 0) * 1_000);
    }
  }

  function heard(): void {
    clearTimeout(silenceTimer);
    silenceTimer = undefined;
    clearTimeout(idleTimer);
    idleTimer = setTimeout(() => send(PING, true), PING_SECONDS * 1_000);
  }

  function expectAnswer(): void {
    const patience = failures && !unopened ? 2 * SILENCE : SILENCE;
    silenceTimer ??= setTimeout(
      () => (connection.state === 'open' ? lost() : diagnose()),
      patience,
    );
  }

  function send(text: string, answered = false): boolean {
    if (connection.state !== 'open') return false;
    socket?.send(text);
    if (answered) expectAnswer();
    return true;
  }

  async function connect(): Promise<void> {
    const mine = leave();
    become({ state: 'connecting' });
    try {
      const fallback = unopened >= UNOPENED ? options.fallback : undefined;
      const transport = fallback
        ? await fallback()
        : webSocket(options.url, await options.protocols(renew));
      if (mine === attempt) open(transport, mine, fallback !== undefined);
    } catch (error) {
      if (mine === attempt) refused(error);
    }
  }

  function open(transport: Transport, mine: number, fallback: boolean): void {
    expectAnswer();
    socket = transport({
      opened() {
        if (mine !== attempt) return;
        renew = false;
        // When the fallback ends, one more socket that does not open leads back to it.
        unopened = fallback ? UNOPENED - 1 : 0;
        heard();
        become({ state: 'open' });
        options.onOpen();
      },
      text(text) {
        if (mine !== attempt) return;
        failures = 0;
        heard();
        if (text !== PONG) options.onText(text);
      },
      closed(code, reason) {
        if (mine !== attempt) return;
        if (isFatal(code)) {
          // The next `start` asks for a fresh session.
          renew = code === CloseCode.sessionEnded;
          halt(fatalCodes[code] ?? 'closed', reason || 'The connection was ended.');
        } else if (connection.state === 'open' || navigator.onLine === false) {
          // Its time was up: the next one has a fresh session.
          renew = reason === 'session_expired';
          lost();
        } else void diagnose();
      },
    });
  }

  /**
   * A browser shows a refused upgrade as a lost network, so HTTP has to say which it was. A socket that
   * is only late stays open meanwhile, and is used if it opens first: an overloaded server does not get
   * the same request twice.
   */
  async function diagnose(): Promise<void> {
    const silence = silenceTimer;
    clearTimeout(silence);
    // What an answer holds is no error.
    const error: unknown = await options.check().then(
      () => {},
      (reason: unknown) => reason,
    );
    if (silence !== silenceTimer) return;
    if (!error) unopened += 1;
    refused(error);
  }

  function wake(): void {
    if (document.hidden) return;
    if (connection.state === 'waiting' && connection.reason !== 'rate_limited') void connect();
    // After a sleep the socket may be dead without saying so.
    else if (silenceTimer === undefined) send(PING, true);
  }

  function offline(): void {
    if (connection.state === 'open' || connection.state === 'connecting') lost();
  }

  function listen(on: boolean): void {
    const change = on ? addEventListener : removeEventListener;
    for (const type of ['online', 'visibilitychange', 'pageshow']) change(type, wake);
    change('offline', offline);
  }

  return {
    send,
    reconnect: () => lost(),
    start() {
      if (connection.state === 'waiting') wake();
      if (connection.state !== 'idle' && connection.state !== 'stopped') return;
      failures = 0;
      listen(true);
      void connect();
    },
    stop() {
      if (connection.state === 'connecting' && socket instanceof WebSocket) {
        closeOnceOpen(socket);
        socket = null;
      }
      leave();
      listen(false);
      become({ state: 'idle' });
    },
  };
}
