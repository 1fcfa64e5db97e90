import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/conversation/message.ts';
import { readSeqOf } from '../../../protocol/conversation/read-marks.ts';
import type { ConversationEvent } from '../../../protocol/events/index.ts';
import { FOUNDING } from '../../test/server.ts';
import { agentView, append, initialState, markRead, type State, visitorView } from './state.ts';

const START = initialState(FOUNDING);
const PREVIEW = 140;
const LATER = '2027-01-15T08:05:00.000Z';
const AMOS = { kind: 'agent', id: 'amos', name: 'Amos' } as const;
const amos = { role: 'agent', id: AMOS.id } as const;
const bea = { role: 'agent', id: 'bea' } as const;
const visitor = { role: 'visitor' } as const;
const ADA = { kind: 'visitor', id: 'customer', name: null } as const;

function add(state: State, change: Partial<Message> = {}): State {
  return append(state, {
    seq: state.last_seq + 1,
    id: `m${state.last_seq + 1}`,
    kind: 'text',
    sender: ADA,
    body: 'Hello',
    sent_at: LATER,
    ...change,
  });
}
const happen = (state: State, event: ConversationEvent) =>
  add(state, { kind: 'event', sender: { kind: 'system', id: 'system', name: null }, event });
const reply = (state: State) => add(state, { sender: AMOS });
const note = (state: State) => add(state, { sender: AMOS, kind: 'note', body: 'Secret' });
const close = (state: State) => happen(state, { type: 'closed', reason: 'resolved' });

describe('the invariants', () => {
  const change = fc.constantFrom<(state: State) => State>(
    // That nobody says anything in a closed one is the room's to see to.
    (state) => (state.closed_at ? state : add(state)),
    (state) => (state.closed_at ? state : reply(state)),
    note,
    (state) => (state.closed_at ? state : close(state)),
    (state) => (state.closed_at ? happen(state, { type: 'reopened' }) : state),
    (state) => happen(state, { type: 'assigned', assignee: null }),
    (state) => happen(state, { type: 'joined', agent: { id: 'amos', name: 'Amos' } }),
    (state) => markRead(state, amos, state.last_seq + 3, LATER),
    (state) => markRead(state, bea, state.last_seq - 2, LATER),
    (state) => markRead(state, visitor, state.last_seq - 1, FOUNDING.created_at),
    (state) => happen(state, { type: 'priority_changed', priority: 'high' }),
  );

  test('hold after any changes', () => {
    fc.assert(
      fc.property(fc.array(change, { maxLength: 40 }), (changes) => {
        let state = START;
        for (const apply of changes) {
          const before = state;
          state = apply(before);
          const [{ agent_reads: _now, ...now }, { agent_reads: _then, ...then }] = [state, before];
          const isOwnMarkAlone = JSON.stringify(now) === JSON.stringify(then);
          if (state !== before && !isOwnMarkAlone) {
            expect(state.version).toBeGreaterThan(before.version);
          }
          for (const { id } of [amos, bea]) {
            expect(readSeqOf(state, id)).toBeGreaterThanOrEqual(readSeqOf(before, id));
            expect(readSeqOf(state, id)).toBeLessThanOrEqual(state.agent_read_seq);
          }
          expect(state.status === 'closed').toBe(state.closed_at !== null);
          expect(state.agent_read_seq).toBeGreaterThanOrEqual(before.agent_read_seq);
          expect(state.agent_read_seq).toBeLessThanOrEqual(state.last_seq);
          expect(state.visitor_read_seq).toBeGreaterThanOrEqual(before.visitor_read_seq);
          expect(state.visitor_read_seq).toBeLessThanOrEqual(state.last_public_seq);
          if (apply !== note) continue;
          const { agent_read_seq: _, ...seen } = visitorView(FOUNDING, state);
          expect(visitorView(FOUNDING, before)).toMatchObject(seen);
          expect(JSON.stringify(agentView(FOUNDING, state))).not.toContain('Secret');
        }
      }),
    );
  });

  test('P3: a message whose seq does not follow is refused', () => {
    expect(() => add(START, { seq: 2 })).toThrow(RangeError);
    expect(() => add(add(START), { seq: 1 })).toThrow(RangeError);
  });
});

describe('who waits', () => {
  test('the visitor, from the start, until an agent answers, and from the next message on', () => {
    expect(START).toMatchObject({ status: 'waiting', waiting_since: FOUNDING.created_at });
    const waiting = add(START);
    expect(waiting).toMatchObject({ status: 'waiting', waiting_since: FOUNDING.created_at });
    const answered = reply(waiting);
    expect(answered).toMatchObject({
      status: 'active',
      waiting_since: null,
      first_response_at: LATER,
    });
    expect(add(answered)).toMatchObject({ status: 'active', waiting_since: LATER });
    expect(note(waiting)).toMatchObject({ status: 'waiting', first_response_at: null });
  });

  test('nobody once it is closed; reopened, it is answered as before', () => {
    expect(close(add(START))).toMatchObject({ status: 'closed', waiting_since: null });
    const again = happen(close(add(START)), { type: 'reopened' });
    expect(again).toMatchObject({ status: 'waiting', closed_at: null, closed_reason: null });
    expect(happen(close(reply(START)), { type: 'reopened' })).toMatchObject({ status: 'active' });
  });

  test('a snooze ends with the next message of either', () => {
    const asleep: State = { ...reply(START), status: 'snoozed', snoozed_until: LATER };
    for (const woken of [add(asleep), reply(asleep)]) {
      expect(woken).toMatchObject({ status: 'active', snoozed_until: null });
    }
    expect(note(asleep)).toMatchObject({ status: 'snoozed', snoozed_until: LATER });
  });
});

describe('read marks', () => {
  test('move with what their side writes, and with an event where everything was read', () => {
    expect(reply(add(START))).toMatchObject({ agent_read_seq: 2, visitor_read_seq: 1 });
    expect(close(reply(START))).toMatchObject({ agent_read_seq: 2, visitor_read_seq: 0 });
    const read = markRead(reply(START), visitor, 1, LATER);
    expect(close(read)).toMatchObject({ agent_read_seq: 2, visitor_read_seq: 2 });
  });

  test('that do not move change nothing', () => {
    const state = add(add(START));
    expect(markRead(state, visitor, 2, LATER)).toBe(state);
    expect(markRead(state, amos, 0, LATER)).toBe(state);
  });

  test('are each agent’s own, and one behind the team’s is no new version', () => {
    const waiting = add(add(START));
    const read = markRead(waiting, amos, 2, LATER);
    expect(read).toMatchObject({ agent_read_seq: 2, agent_reads: { [amos.id]: 2 } });
    expect(readSeqOf(read, bea.id)).toBe(0);
    const both = markRead(read, bea, 2, LATER);
    expect(both).toEqual({ ...read, agent_reads: { [amos.id]: 2, [bea.id]: 2 } });
    // An answer is nothing that the others have to read, if they had read everything.
    expect(reply(both)).toMatchObject({ agent_reads: { [amos.id]: 3, [bea.id]: 3 } });
    expect(close(both)).toMatchObject({ agent_reads: { [amos.id]: 3, [bea.id]: 3 } });
    expect(readSeqOf(add(both), bea.id)).toBe(2);
  });

  test('of a conversation that is older than them are the team’s, until one moves', () => {
    const old: State = { ...add(add(START)), agent_read_seq: 1, agent_reads: null };
    expect(readSeqOf(old, bea.id)).toBe(1);
    expect(close(old)).toMatchObject({ agent_reads: null });
    const read = markRead(old, amos, 2, LATER);
    expect(read).toMatchObject({ agent_read_seq: 2, agent_reads: { everyone: 1, [amos.id]: 2 } });
    // All had read everything, and have still after the answer.
    const answered = reply({ ...old, agent_read_seq: 2 });
    expect(readSeqOf(answered, bea.id)).toBe(3);
    expect(answered.agent_read_seq).toBe(3);
  });
});

test('the version is the time of the change, or one more where the clock did not move', () => {
  const later = add(START);
  expect(later.version).toBe(Date.parse(LATER));
  expect(add(later).version).toBe(Date.parse(LATER) + 1);
  expect(add(later, { sent_at: FOUNDING.created_at }).version).toBe(Date.parse(LATER) + 1);
});

describe('the preview', () => {
  const preview = (body: string) => add(START, { body }).last_message_preview;

  test('is one line, cut where it is too long, and not within a character', () => {
    expect(preview('  Two\n\nlines\t. ')).toBe('Two lines .');
    expect(preview('x'.repeat(PREVIEW))).toBe('x'.repeat(PREVIEW));
    expect(preview('x'.repeat(PREVIEW + 1))).toBe(`${'x'.repeat(PREVIEW)}…`);
    for (const start of ['', 'x']) {
      const cut = preview(start + '😀'.repeat(PREVIEW)) ?? '';
      expect(cut).not.toMatch(/\p{Surrogate}/u);
      expect(cut.length).toBeLessThanOrEqual(PREVIEW + 1);
    }
  });

  test('is of texts, never of notes or events', () => {
    expect(close(note(add(START)))).toMatchObject({
      last_message_preview: 'Hello',
      last_sender: 'visitor',
      message_count: 1,
      last_seq: 3,
    });
  });
});
