import { vi } from 'vitest';
import type { Message } from '../conversation/message.ts';
import type { UpFrame } from '../frames/up.ts';

/** For tests: a WebSocket whose server is the test. `FakeSocket.all` has them in order of opening. */
export class FakeSocket {
  static all: FakeSocket[] = [];
  static get last(): FakeSocket {
    const last = FakeSocket.all.at(-1);
    if (!last) throw new Error('No socket was opened.');
    return last;
  }

  readonly url: string;
  readonly protocols: string[];
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  closed = false;
  /** What was said, parsed; `ping` as it is. */
  readonly frames: (UpFrame | 'ping')[] = [];

  constructor(url: string, protocols: string[]) {
    this.url = url;
    this.protocols = protocols;
    FakeSocket.all.push(this);
  }

  send(text: string): void {
    this.frames.push(text === 'ping' ? text : JSON.parse(text));
  }
  close(): void {
    this.closed = true;
  }

  open(): void {
    this.onopen?.();
  }
  hears(frame: object | string): void {
    this.onmessage?.({ data: typeof frame === 'string' ? frame : JSON.stringify(frame) });
  }
  drops(code = 1006, reason = ''): void {
    this.onclose?.({ code, reason });
  }
  welcome(messages: Message[] = [], more: object = {}): void {
    const last_seq = messages.at(-1)?.seq ?? 0;
    this.hears({
      type: 'welcome',
      protocol: 1,
      conversation: conversation({ last_seq }),
      last_seq,
      messages,
      more: false,
      ...more,
    });
  }
  /** Bodies of the messages that were sent, in order. */
  get sent(): string[] {
    return this.frames.flatMap((frame) =>
      typeof frame === 'object' && frame.type === 'send' ? [frame.body] : [],
    );
  }
}

export const agent = { kind: 'agent' as const, id: 'a1', name: 'Ada' };
export const visitor = { kind: 'visitor' as const, id: 'v1', name: null };

function conversation(change: object = {}) {
  return {
    id: 'c1',
    department_id: 'd1',
    status: 'active',
    assignee: null,
    closed_reason: null,
    closed_at: null,
    last_seq: 0,
    visitor_read_seq: 0,
    agent_read_seq: 0,
    ...change,
  };
}

/** A message from the agent. */
export function message(seq: number, change: Partial<Message> = {}): Message {
  const sent_at = new Date(1_800_000_000_000 + seq * 1_000).toISOString();
  return { seq, id: `m${seq}`, kind: 'text', sender: agent, body: `${seq}`, sent_at, ...change };
}

/** Fake timers, FakeSocket as the WebSocket, and a window that events can be sent to. */
export function fakeBrowser() {
  vi.useFakeTimers();
  FakeSocket.all = [];
  const page = new EventTarget();
  const navigator = { onLine: true };
  vi.stubGlobal('WebSocket', FakeSocket);
  vi.stubGlobal('navigator', navigator);
  vi.stubGlobal('document', { hidden: false });
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  return {
    navigator,
    dispatch: (type: string, more: object = {}) =>
      page.dispatchEvent(Object.assign(new Event(type), more)),
    /** Lets promises settle and this many milliseconds pass. */
    pass: (milliseconds = 0) => vi.advanceTimersByTimeAsync(milliseconds),
    restore() {
      vi.useRealTimers();
      vi.unstubAllGlobals();
    },
  };
}

/** A localStorage in memory. As in a browser, each entry is a property of its own. */
export function fakeStorage(): Storage {
  const storage: Storage = Object.create({
    get length() {
      return Object.keys(storage).length;
    },
    key: (index: number) => Object.keys(storage)[index] ?? null,
    getItem: (name: string) => storage[name] ?? null,
    setItem(name: string, value: string) {
      storage[name] = value;
    },
    removeItem: (name: string) => void Reflect.deleteProperty(storage, name),
    clear() {
      for (const name of Object.keys(storage)) Reflect.deleteProperty(storage, name);
    },
  });
  return storage;
}
