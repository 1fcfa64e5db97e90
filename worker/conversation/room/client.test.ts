import { env } from 'node:process';
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { createConversationClient } from '../../../protocol/client/client.ts';
import type {
  ConversationClient,
  OutboxStorage,
  OutgoingMessage,
} from '../../../protocol/client/types.ts';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Message, Sender } from '../../../protocol/conversation/message.ts';
import { PAGE_OF_MESSAGES } from '../../../protocol/limits.ts';
import { agentNamed, BY, FOUNDING, Server, VISITOR } from '../../test/server.ts';
import { Network } from '../../test/stand-ins/network.ts';
import type { Who } from '../who.ts';

/**
 * The real client against the real room over a network that loses things: what a person was told
 * is sent is there, once, and both sides end up with the same.
 */
const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const RUNS = Number(env.FOYER_RUNS ?? 200);

const AMOS = agentNamed('Amos');

/** Milliseconds that a frame is under way. */
const MAX_LATENCY = 400;

const who = fc.nat({ max: 2 });
const step = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ do: fc.constant('write' as const), who, note: fc.boolean() }),
  },
  { weight: 8, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(3_000) }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('pass' as const), ms: fc.nat(60_000) }) },
  {
    weight: 5,
    arbitrary: fc.record({ do: fc.constant('cut' as const), who, silent: fc.boolean() }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('outage' as const), who, on: fc.boolean() }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('reload' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('read' as const), who }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('evict' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('crash' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('many' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('status' as const), open: fc.boolean() }) },
);
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** Where each tab's address leads. */
const networks = new Map<string, Network>();

/** A browser tab: its client, its storage that survives a reload, and its line. */
class Tab {
  readonly network: Network;
  readonly #self: Sender;
  readonly #server: Server;
  readonly #who: Who;
  readonly #url: string;
  readonly #stored = new Map<string, OutgoingMessage>();
  /** Every message that somebody wrote here, and those that the client has shown as sent. */
  readonly written = new Set<string>();
  readonly sent = new Set<string>();
  client: ConversationClient<ConversationSummary>;

  constructor(server: Server, who: Who, url: string, latency: () => number) {
    this.#server = server;
    this.#url = url;
    this.#who = who;
    this.#self =
      who.role === 'agent'
        ? { kind: 'agent', id: who.id, name: who.name }
        : { kind: 'visitor', id: FOUNDING.widget_customer_id ?? '', name: null };
    this.network = new Network(server, who, latency);
    networks.set(url, this.network);
    this.client = this.#open();
  }

  reload(): void {
    this.client.stop();
    this.client = this.#open();
  }

  write(note: boolean): void {
    const kind = note && this.#who.role === 'agent' ? 'note' : 'text';
    this.written.add(this.client.send(`Message ${this.written.size}`, kind));
  }

  read(): void {
    this.client.read(this.client.state.messages.at(-1)?.seq ?? 0);
  }

  #open(): ConversationClient<ConversationSummary> {
    const outbox: OutboxStorage = {
      load: () => [...this.#stored.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
      put: (message) => void this.#stored.set(message.id, message),
      remove: (id) => void this.#stored.delete(id),
    };
    const client = createConversationClient<ConversationSummary>({
      url: this.#url,
      protocols: async () => [],
      http: {
        messagesBefore: async (before) =>
          this.#server.room.history(this.#who.role, { before, limit: 100 }),
        check: async () => {},
      },
      outbox,
      self: this.#self,
    });
    client.subscribe(({ messages, outgoing }) => {
      const pending = new Set(outgoing.map(({ id }) => id));
      let last = 0;
      for (const { id, seq } of messages) {
        if (pending.has(id)) throw new Error('Shown as sent and as pending.');
        if (seq <= last) throw new Error('Shown twice, or out of order.');
        last = seq;
        if (this.written.has(id)) this.sent.add(id);
      }
    });
    client.start();
    return client;
  }
}

async function play(steps: Step[], latencies: number[]): Promise<void> {
  const tabs: Tab[] = [];
  try {
    await history(steps, latencies, tabs);
  } finally {
    for (const { client } of tabs) client.stop();
    vi.clearAllTimers();
  }
}

async function history(steps: Step[], latencies: number[], tabs: Tab[]): Promise<void> {
  let ids = 0;
  const uuid = () => `01900000-0000-7000-8000-${String(++ids).padStart(12, '0')}`;
  const server = new Server(uuid);
  server.clock = () => Date.now();
  let turn = 0;
  const latency = () => latencies[turn++ % latencies.length] ?? 0;
  // So that a seed repeats the pauses between attempts too.
  vi.spyOn(Math, 'random').mockImplementation(() => latency() / MAX_LATENCY);
  for (const [index, person] of [VISITOR, VISITOR, AMOS].entries()) {
    tabs.push(new Tab(server, person, `wss://foyer.example/${index}`, latency));
  }
  const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);
  for (const step of steps) {
    const tab = 'who' in step ? tabs[step.who] : undefined;
    if (step.do === 'pass') await pass(step.ms);
    else if (step.do === 'evict') server.evict();
    else if (step.do === 'many') {
      // Once is enough: each is told to everybody.
      const { last_seq, closed_at } = server.room.state;
      if (closed_at || last_seq > PAGE_OF_MESSAGES) continue;
      for (let n = 0; n < PAGE_OF_MESSAGES + 5; n += 1) {
        server.room.post(AMOS, { id: uuid(), kind: 'text', body: `One of many: ${n}` });
      }
    } else if (step.do === 'crash') {
      await pass(1_000);
      server.crash();
      for (const each of tabs) each.network.cut(false);
    } else if (step.do === 'status')
      server.room.commands.change(BY, { status: step.open ? 'active' : 'closed' });
    else if (step.do === 'write') tab?.write(step.note);
    else if (step.do === 'read') tab?.read();
    else if (step.do === 'reload') tab?.reload();
    else if (step.do === 'cut') tab?.network.cut(step.silent);
    else if (tab) tab.network.down = step.on;
  }

  server.room.commands.change(BY, { status: 'active' });
  for (const { network } of tabs) network.down = false;
  await pass(60_000);
  for (const { client } of tabs) {
    for (const { id, state } of client.state.outgoing) if (state === 'failed') client.retry(id);
  }
  await pass(60_000);
  for (const { client } of tabs) while (client.state.has_earlier) await client.loadEarlier();

  const log = server.room.history('agent', { after: 0, limit: 10_000 }).items;
  const visible = server.room.history('visitor', { after: 0, limit: 10_000 }).items;
  expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
  for (const { written, sent, client } of tabs) {
    expect(client.state.outgoing).toEqual([]);
    expect(client.state.connection).toEqual({ state: 'open' });
    for (const id of [...written, ...sent]) {
      expect(log.filter((message) => message.id === id)).toHaveLength(1);
    }
  }
  const shown = tabs.map(({ client }) => client.state.messages.map(withoutName));
  expect(shown).toEqual([visible, visible, log].map((messages) => messages.map(withoutName)));
  for (const [index, { client }] of tabs.entries()) {
    const { status, assignee } = server.room.view(index === 2 ? 'agent' : 'visitor');
    expect(client.state.conversation).toMatchObject({ status, assignee });
  }
}

function withoutName({ sender, ...message }: Message) {
  return { ...message, from: sender.id };
}

test(`P2 P4 P9 what a client shows as sent is there, once, for both (seed ${SEED})`, async () => {
  vi.useFakeTimers({ now: Date.parse(FOUNDING.created_at) });
  const page = new EventTarget();
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page));
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page));
  vi.stubGlobal('WebSocket', function connect(url: string) {
    return networks.get(url)?.connect();
  });
  try {
    const steps = fc.array(step, { maxLength: 40, size: 'max' });
    const latencies = fc.array(fc.nat(MAX_LATENCY - 1), { minLength: 1, maxLength: 20 });
    await fc.assert(fc.asyncProperty(steps, latencies, play), { seed: SEED, numRuns: RUNS });
  } finally {
    vi.useRealTimers();
    vi.restoreAllMocks();
    vi.unstubAllGlobals();
  }
  console.log(`client model: ${RUNS} histories, FOYER_SEED=${SEED}`);
}, 60_000);
