import { beforeEach, describe, expect, test } from 'vitest';
import { type Actor, countsAsAnswer } from '../../../protocol/conversation/actor.ts';
import { actorOf, type Message } from '../../../protocol/conversation/message.ts';
import type { DownFrame } from '../../../protocol/frames/down.ts';
import { agentNamed, BY, FOUNDING, Server, VISITOR } from '../../test/server.ts';
import { append, initialState } from '../state/state.ts';

/** The actor of every entry: it is stored, shown to agents, and never sent to a visitor. */

const AMOS = agentNamed('Amos');
const ADA = { kind: 'visitor', id: 'customer' };

let server: Server;
let ids = 0;

beforeEach(() => {
  server = new Server(nextId);
});

function nextId(): string {
  ids += 1;
  return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
}

/** A reader who has all there is, and what they hear from then on. */
function listener(who: typeof VISITOR): DownFrame[] {
  const heard: DownFrame[] = [];
  const wire = server.accept(who);
  wire.deliver = (frame) => heard.push(frame);
  server.hear(wire, JSON.stringify({ type: 'hello', after: 0 }));
  heard.length = 0;
  return heard;
}

const say = (who: typeof VISITOR, body: string) =>
  server.room.post(who, { id: nextId(), kind: 'text', body });
const entries = (role: 'visitor' | 'agent') => server.room.history(role, { limit: 100 }).items;

describe('by', () => {
  test('names the person who did it, or why Foyer did it by itself', () => {
    const { commands } = server.room;
    say(VISITOR, 'Hello');
    say(AMOS, 'Hi');
    commands.change(BY, {
      status: 'snoozed',
      snoozedUntil: new Date(server.now + 1).toISOString(),
    });
    server.now += 10;
    commands.wake();
    commands.reassess('amos', null);
    commands.rate({ kind: 'visitor', id: 'customer' }, { score: 5, comment: null });
    commands.close({ kind: 'visitor', id: 'customer' }, 'visitor_left');
    const actors = entries('agent').map((entry) => [
      entry.event?.type ?? entry.kind,
      actorOf(entry),
    ]);
    expect(actors).toEqual([
      ['text', ADA],
      ['joined', BY],
      ['text', BY],
      ['snoozed', BY],
      ['woke', { kind: 'system', cause: 'snooze_ended' }],
      ['assigned', { kind: 'system', cause: 'member_left' }],
      ['rated', ADA],
      ['closed', ADA],
    ]);
  });

  test('is told to agents with the entry and afterwards, and never to a visitor', () => {
    const theirs = listener(VISITOR);
    const ours = listener(agentNamed('Bea'));
    say(AMOS, 'Hi');
    server.room.commands.close(BY, 'resolved');
    const by = (frames: DownFrame[]) =>
      frames.flatMap((frame) => (frame.type === 'message' ? [frame.message.by] : []));
    expect(by(ours)).toEqual([BY, undefined, BY]);
    expect(by(theirs)).toEqual([undefined, undefined, undefined]);
    expect(JSON.stringify([theirs, entries('visitor')])).not.toContain('"by"');
  });
});

describe('what other versions wrote', () => {
  const row = (seq: number, event: object | null, details: object | null) => {
    const state = JSON.stringify({ ...initialState(FOUNDING), last_seq: seq });
    server.disk.exec(
      `INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      seq,
      nextId(),
      event ? 'event' : 'text',
      JSON.stringify(
        event
          ? { kind: 'system', id: 'system', name: null }
          : { kind: 'agent', id: 'amos', name: 'Amos' },
      ),
      'In English',
      event && JSON.stringify(event),
      FOUNDING.created_at,
      1,
      state,
      details && JSON.stringify(details),
    );
  };

  test('is an entry without an actor: an event by the system, a message by its sender', () => {
    row(1, { type: 'closed', reason: 'resolved' }, null);
    row(2, null, null);
    expect(entries('agent').map(actorOf)).toEqual([{ kind: 'system', cause: 'unknown' }, BY]);
  });

  test('may be a later version’s event by an unknown kind of actor: its entry is shown in English', () => {
    row(1, { type: 'translated', to: 'nl' }, { by: { kind: 'robot', model: 4 } });
    expect(entries('agent')).toMatchObject([
      { kind: 'event', body: 'In English', by: { kind: 'system', cause: 'unknown' } },
    ]);
    expect(entries('agent')[0]).not.toHaveProperty('event');
  });
});

describe('countsAsAnswer', () => {
  const others: Actor[] = [
    { kind: 'visitor', id: 'customer' },
    { kind: 'bot', id: 'b1', name: 'Helper' },
    { kind: 'api_key', id: 'k1', name: 'Shop' },
    { kind: 'system', cause: 'unknown' },
  ];

  test('a human agent answers, and nobody else does', () => {
    expect(countsAsAnswer(BY)).toBe(true);
    expect(others.filter(countsAsAnswer)).toEqual([]);
  });

  test.each(others.slice(1))('a message by $kind is no answer', (by) => {
    const waiting = append(initialState(FOUNDING), entry(1, { kind: 'visitor', id: 'customer' }));
    const after = append(waiting, entry(2, by));
    expect(after).toMatchObject({
      status: 'waiting',
      waiting_since: waiting.waiting_since,
      first_response_at: null,
      last_sender: 'visitor',
      agent_read_seq: 0,
      message_count: 2,
    });
    expect(append(after, entry(3, BY))).toMatchObject({
      status: 'active',
      waiting_since: null,
      first_response_at: FOUNDING.created_at,
      last_sender: 'agent',
    });
  });

  function entry(seq: number, by: Actor): Message {
    return {
      seq,
      id: nextId(),
      kind: 'text',
      sender: { kind: 'system', id: 'system', name: null },
      by,
      body: 'Hello',
      sent_at: FOUNDING.created_at,
    };
  }
});
