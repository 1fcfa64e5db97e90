import { env } from 'node:process';
import fc from 'fast-check';
import { v4 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { agentNamed, BY, FOUNDING, Server, VISITOR } from '../../test/server.ts';
import { append, initialState, type State } from './state.ts';

/** What edits and messages that were taken back do to the conversation. */

const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const AMOS = agentNamed('Amos');

/** A conversation in which something is said every minute. */
function talk() {
  const server = new Server(v4);
  const { room } = server;
  const say = (who: typeof VISITOR | typeof AMOS, kind: 'text' | 'note' = 'text', more = {}) => {
    server.now += 60_000;
    return room.post(who, { id: v4(), body: 'Words', kind, ...more });
  };
  return {
    room,
    ask: () => say(VISITOR),
    answer: () => say(AMOS),
    note: (...mentions: string[]) => say(AMOS, 'note', { mentions }),
    rename: (seq: number, ...mentions: string[]) =>
      room.amend(AMOS, { id: v4(), seq, body: 'Other words', mentions }),
    takeBack: (seq: number) => room.amend(AMOS, { id: v4(), seq, body: null }),
    takeBackAsked: (seq: number) => room.amend(VISITOR, { id: v4(), seq, body: null }),
    state: () => room.state,
  };
}

describe('A16: a message that is taken back', () => {
  test('A16: an answer: the question waits as before, and nobody has answered', () => {
    const { ask, answer, takeBack, state } = talk();
    ask();
    const before = state();
    const { seq } = answer();
    expect(state()).toMatchObject({ status: 'active', waiting_since: null, last_sender: 'agent' });
    takeBack(seq);
    expect(state()).toMatchObject({
      status: 'waiting',
      waiting_since: before.waiting_since,
      first_response_at: null,
      last_sender: 'visitor',
      last_message_preview: '',
      last_message_seq: seq,
      assignee: { id: AMOS.id },
    });
  });

  test('A16: of two answers one: the other still answers', () => {
    const { ask, answer, takeBack, state } = talk();
    ask();
    const first = answer();
    const second = answer();
    takeBack(first.seq);
    const answered = { status: 'active', waiting_since: null, first_response_at: second.sent_at };
    expect(state()).toMatchObject({ ...answered, last_sender: 'agent' });
    takeBack(second.seq);
    expect(state()).toMatchObject({
      status: 'waiting',
      waiting_since: FOUNDING.created_at,
      first_response_at: null,
    });
  });

  test('A16: a later answer: the visitor waits since the question after the answer that is left', () => {
    const { ask, answer, takeBack, state } = talk();
    ask();
    const { sent_at: first_response_at } = answer();
    const question = ask();
    ask();
    const { seq } = answer();
    takeBack(seq);
    expect(state()).toMatchObject({
      status: 'active',
      waiting_since: question.sent_at,
      first_response_at,
      last_sender: 'visitor',
    });
  });

  test('A16: the question itself: only another question waits', () => {
    const { ask, answer, takeBackAsked, state } = talk();
    ask();
    answer();
    const first = ask();
    const second = ask();
    takeBackAsked(first.seq);
    expect(state().waiting_since).toBe(second.sent_at);
    takeBackAsked(second.seq);
    expect(state()).toMatchObject({
      waiting_since: null,
      last_sender: 'agent',
      last_message_preview: '',
    });
  });

  test('A16: what was settled by closing stays settled after it is opened again', () => {
    const { room, ask, answer, takeBack, state } = talk();
    ask();
    const { seq } = answer();
    room.commands.close(BY, 'resolved');
    expect(() => takeBack(seq)).toThrow('closed');
    room.commands.change(BY, { status: 'active' });
    takeBack(seq);
    expect(state()).toMatchObject({ status: 'waiting', waiting_since: null });
  });

  test('A16: a snoozed conversation stays snoozed', () => {
    const { room, ask, answer, takeBack, state } = talk();
    ask();
    const { seq } = answer();
    room.commands.change(BY, { status: 'snoozed' });
    takeBack(seq);
    expect(state()).toMatchObject({ status: 'snoozed', shelf: 'snoozed' });
    room.commands.change(BY, { status: 'active' });
    expect(state()).toMatchObject({ status: 'waiting', waiting_since: FOUNDING.created_at });
  });

  test('A16: a note taken back changes nothing of it', () => {
    const { ask, note, takeBack, state } = talk();
    ask();
    const { waiting_since, last_sender } = state();
    const { seq } = note();
    takeBack(seq);
    expect(state()).toMatchObject({ waiting_since, last_sender, last_message_preview: 'Words' });
  });

  const step = fc.record({
    does: fc.constantFrom('ask', 'answer', 'note', 'takeBack', 'close', 'reopen', 'edit'),
    which: fc.nat({ max: 5 }),
  });

  test(`A16: leaves the conversation as if it had never been written (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const server = new Server(v4);
        const { room } = server;
        const edit = (which: number, body: string | null) => {
          const mine = room
            .history('agent', { limit: 100 })
            .items.filter(({ kind, deleted_at }) => kind === 'text' && !deleted_at);
          const message = mine[which];
          if (!message) return;
          const who = message.sender.kind === 'agent' ? AMOS : VISITOR;
          room.amend(who, { id: v4(), seq: message.seq, body });
        };
        for (const { does, which } of steps) {
          server.now += 1_000;
          const { closed_at } = room.state;
          if (does === 'note') room.post(AMOS, { id: v4(), body: 'Note', kind: 'note' });
          else if (does === 'reopen') room.commands.change(BY, { status: 'active' });
          else if (closed_at) continue;
          else if (does === 'close') room.commands.close(BY, 'resolved');
          else if (does === 'takeBack') edit(which, null);
          else if (does === 'edit') edit(which, 'Changed');
          else room.post(does === 'ask' ? VISITOR : AMOS, { id: v4(), body: 'A', kind: 'text' });
        }
        let fold: State = initialState(FOUNDING);
        for (const message of room.history('agent', { limit: 100 }).items) {
          if (message.deleted_at) fold = { ...fold, last_seq: message.seq };
          else fold = append(fold, message);
        }
        const { waiting_since, first_response_at, last_sender, status } = room.state;
        expect({ waiting_since, first_response_at, last_sender, status }).toEqual({
          waiting_since: fold.waiting_since,
          first_response_at: fold.first_response_at,
          last_sender: fold.last_sender,
          status: fold.status,
        });
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});

describe('A17: the mentions of a note', () => {
  const of = (state: State) => state.mentions.map(({ user_id, seq }) => `${user_id} ${seq}`);

  test('A17: an edit notifies only the users who are new in it', () => {
    const { room, note, rename, state } = talk();
    const { seq } = note('tom');
    room.commands.change(BY, { mentionSeenBy: 'tom' });
    rename(seq, 'tom', 'una', 'una');
    expect(state().mentions).toEqual([
      { user_id: 'tom', seq, seen: true },
      { user_id: 'una', seq, seen: false },
    ]);
    expect(room.message('agent', seq)?.mentions).toEqual(['tom', 'una']);
  });

  test('A17: a user whom an edit leaves out, or whose note is taken back, is not mentioned any more', () => {
    const { note, rename, takeBack, state } = talk();
    const { seq } = note('tom', 'una');
    rename(seq, 'una');
    expect(of(state())).toEqual([`una ${seq}`]);
    takeBack(seq);
    expect(state().mentions).toEqual([]);
  });

  test('A17: another note that names them still counts', () => {
    const { note, takeBack, state } = talk();
    const first = note('tom');
    const second = note('tom');
    takeBack(second.seq);
    expect(of(state())).toEqual([`tom ${first.seq}`]);
    takeBack(first.seq);
    expect(state().mentions).toEqual([]);
  });

  test('A17: an edit without mentions leaves them as they are', () => {
    const { room, note, state } = talk();
    const { seq } = note('tom');
    room.amend(AMOS, { id: v4(), seq, body: 'Other words' });
    expect(of(state())).toEqual([`tom ${seq}`]);
  });
});
