import { env } from 'node:process';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import { actorOf } from '../../../protocol/conversation/message.ts';
import { conversationEvent } from '../../../protocol/events/index.ts';
import {
  actorOf as actorOfPrincipal,
  type Machine,
  type Principal,
  ruleAs,
} from '../../auth/principal.ts';
import { FoyerError } from '../../kernel/errors.ts';
import type { Policy } from '../../organization/policy.ts';
import { agentNamed, Server, VISITOR } from '../../test/server.ts';
import type { Change } from './commands.ts';

/**
 * P11: nothing about a conversation changes without an entry that says who did it, but for read marks,
 * mentions that were seen, typing and presence.
 */
const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const RUNS = 400;

const amos = agentNamed('Amos');
const AMOS: Actor = { kind: 'agent', id: 'amos', name: 'Amos' };
const BEA: Actor = { kind: 'agent', id: 'bea', name: 'Bea' };
const ADA: Actor = { kind: 'visitor', id: 'customer' };
const MAYBE = [undefined, true, false];
const POLICY: Policy = {
  version: 3,
  auto_close: { hours: 24, departments: {}, message: 'Bye', sender: 'Acme', reopens: true },
};
/** Of the state, what a new conversation has not. */
const LATER = ['ratings', 'resumed_at', 'reopens', 'policy_version'];

/** One thing that somebody may do, and who does it; null for Foyer itself. */
type Deed = { by: Actor | null; run: (server: Server, id: () => string) => void };

const change: fc.Arbitrary<Change> = fc.record(
  {
    status: fc.constantFrom('active', 'snoozed', 'closed'),
    snoozedUntil: fc.constantFrom(null, '2027-01-15T08:00:30.000Z'),
    closedReason: fc.constantFrom('resolved', 'spam'),
    assignee: fc.constantFrom(null, { id: 'amos', name: 'Amos' }, { id: 'bea', name: 'Bea' }),
    department: fc.constantFrom({ id: 'sales', name: 'Sales' }, { id: 'billing', name: 'Billing' }),
    priority: fc.constantFrom('low', 'normal', 'high', 'urgent'),
    addLabels: fc.subarray(['bug', 'vip', 'refund']),
    removeLabels: fc.subarray(['bug', 'vip', 'refund']),
    mentionSeenBy: fc.constantFrom('amos', 'bea'),
  },
  { requiredKeys: [] },
);

const HELPER: Machine = {
  role: 'bot',
  organization_id: 'acme',
  id: 'b1',
  name: 'Helper',
  actions: [
    'conversation.assign',
    'conversation.close',
    'conversation.label',
    'conversation.move',
    'conversation.note',
    'conversation.reopen',
    'conversation.reply',
    'conversation.snooze',
  ],
};
const RULE = ruleAs('acme', { id: 'r1', name: 'Escalate' });

/** What programs and rules do: each is named, and nobody is impersonated. */
const byItself = fc.constantFrom<Principal>(HELPER, RULE).chain((principal) =>
  fc.oneof(
    change.map((wanted) => ({
      by: actorOfPrincipal(principal, 'customer'),
      run: ({ room }: Server) => room.change(principal, wanted),
    })),
    fc.constantFrom('text' as const, 'note' as const).map((kind) => ({
      by: actorOfPrincipal(principal, 'customer'),
      run: ({ room }: Server, id: () => string) =>
        void room.post(principal, { id: id(), kind, body: 'Automatic' }),
    })),
  ),
);

const deed: fc.Arbitrary<Deed> = fc.oneof(
  byItself,
  change.map((wanted) => ({
    by: BEA,
    run: ({ room }: Server) => room.commands.change(BEA, wanted),
  })),
  fc.constantFrom<Deed>(
    { by: AMOS, run: ({ room }) => room.commands.claim(amos) },
    { by: ADA, run: ({ room }) => room.commands.close(ADA, 'visitor_left') },
    {
      by: AMOS,
      run: ({ room }, id) =>
        void room.post(amos, { id: id(), kind: 'note', body: '@Bea', mentions: ['bea'] }),
    },
    {
      by: AMOS,
      run: ({ room }, id) => void room.post(amos, { id: id(), kind: 'text', body: 'Hi' }),
    },
    {
      by: ADA,
      run: ({ room }, id) => void room.post(VISITOR, { id: id(), kind: 'text', body: 'Hey' }),
    },
    { by: null, run: ({ room }) => room.commands.wake() },
    { by: null, run: ({ room }) => room.commands.closeInactive(POLICY) },
    { by: null, run: ({ room }) => room.commands.reassess('amos', null) },
    { by: null, run: ({ room }) => room.commands.reassess('amos', 'Amos M.') },
    { by: null, run: ({ room }) => room.commands.reassess('bea', 'Bea B.') },
  ),
  fc
    .record({
      full_name: fc.constantFrom(null, 'Ada', 'Eve'),
      email: fc.constantFrom(null, 'a@b.example'),
    })
    .map((customer) => ({
      by: ADA,
      run: ({ room }: Server) => room.commands.rename(ADA, customer),
    })),
  fc
    .record({
      blocked: fc.constantFrom(...MAYBE),
      revoked_before: fc.constantFrom(undefined, 1, 2),
    })
    .map((restraint) => ({
      by: BEA,
      run: ({ room }: Server) => room.commands.restrain(BEA, restraint),
    })),
  fc.integer({ min: 1, max: 5 }).map((score) => ({
    by: ADA,
    run: ({ room }: Server) => room.commands.rate(ADA, { score, comment: null }),
  })),
  fc.record({ which: fc.nat(), body: fc.constantFrom(null, 'Changed') }).map(({ which, body }) => ({
    by: AMOS,
    run: ({ room }: Server, id: () => string) => {
      const own = room
        .history('agent', { limit: 1000 })
        .items.filter(({ sender, deleted_at }) => sender.id === 'amos' && !deleted_at);
      const message = own[which % Math.max(1, own.length)];
      if (message) room.amend(amos, { id: id(), seq: message.seq, body });
    },
  })),
  fc.integer({ min: 1_000, max: 900_000 }).map((ms) => ({
    by: null,
    run: (server: Server) => {
      server.now += ms;
    },
  })),
);

/** All of a conversation but for what is counted with each change, and what costs no entry. */
function substance({ room }: Server) {
  const {
    version: _v,
    agent_read_seq: _a,
    agent_reads: _own,
    visitor_read_seq: _r,
    mentions,
    ...state
  } = room.state;
  return {
    ...state,
    mentions: mentions.map(({ user_id, seq }) => ({ user_id, seq })),
    founding: room.founding,
  };
}

/** What differs between the two. */
function differences(before: object, after: object): string[] {
  const was = new Map(Object.entries(before));
  return Object.entries(after)
    .filter(([key, value]) => JSON.stringify(was.get(key)) !== JSON.stringify(value))
    .map(([key]) => key);
}

test('P11: whatever changes, an entry says so and who did it', () => {
  const changed = new Set<string>();
  const types = new Set<string>();
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 40, size: 'max' }), (deeds) => {
      let ids = 0;
      const id = () => {
        ids += 1;
        return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
      };
      const server = new Server(id);
      for (const { by, run } of deeds) {
        const before = substance(server);
        try {
          run(server, id);
        } catch (error) {
          if (!(error instanceof FoyerError)) throw error;
        }
        const after = substance(server);
        const entries = server.room.history('agent', { after: before.last_seq, limit: 100 }).items;
        const isClosed = before.closed_at !== null && after.closed_at !== null;
        // Of a closed conversation the customer's own entries are not the conversation's.
        const news = differences(before, after).filter((key) => !(isClosed && key === 'founding'));
        if (news.length > 0)
          expect({ news, entries: entries.length }).not.toEqual({ news, entries: 0 });
        for (const entry of entries) {
          const actor = actorOf(entry);
          if (by === null) expect(actor.kind).toBe('system');
          else expect(actor).toEqual(by);
          types.add(entry.event?.type ?? entry.kind);
        }
        for (const key of news) changed.add(key);
        server.evict();
        // What an object reads when it wakes is what it was.
        expect(substance(server)).toEqual(after);
      }
    }),
    { seed: SEED, numRuns: RUNS },
  );
  console.log(`every change: ${RUNS} histories, FOYER_SEED=${SEED}`);
  // Everything that can be changed was, and in every way that there is.
  const {
    version: _v,
    agent_read_seq: _a,
    agent_reads: _own,
    visitor_read_seq: _r,
    ...rest
  } = new Server(() => '').room.state;
  expect([...changed].sort()).toEqual([...Object.keys(rest), ...LATER, 'founding'].sort());
  const eventTypes = conversationEvent.options.map(({ shape }) => shape.type.value);
  expect([...types].sort()).toEqual([...eventTypes, 'note', 'text'].sort());
}, 60_000);

test('P8 P11: one request writes an entry and a row for each kind of change, and no further row', () => {
  let ids = 0;
  const server = new Server(() => {
    ids += 1;
    return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  });
  const rows = () => server.disk.exec('SELECT seq FROM messages WHERE seq > 0').toArray().length;
  const types = () =>
    server.room.history('agent', { limit: 100 }).items.map(({ event }) => event?.type);
  server.room.change(amos, {
    addLabels: ['bug', 'vip'],
    removeLabels: ['refund'],
    priority: 'high',
  });
  expect([types(), rows()]).toEqual([['priority_changed', 'labels_changed'], 2]);
  server.room.change(amos, { addLabels: ['refund'], removeLabels: ['bug', 'vip'] });
  expect(rows()).toBe(3);
  server.room.change(amos, { addLabels: ['refund'], priority: 'high' });
  expect(rows()).toBe(3);
});
