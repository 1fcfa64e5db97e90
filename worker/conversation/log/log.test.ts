import { beforeEach, describe, expect, test } from 'vitest';
import type { Message } from '../../../protocol/conversation/message.ts';
import { FOUNDING } from '../../test/server.ts';
import { Disk } from '../../test/stand-ins/sqlite.ts';
import { append, initialState, type State } from '../state/state.ts';
import { Log } from './log.ts';

const START = initialState(FOUNDING);

let disk: Disk;
let log: Log;
let state: State;

beforeEach(() => {
  disk = new Disk();
  log = new Log(disk);
  log.create(FOUNDING, START);
  state = START;
});

function add(change: Partial<Message> = {}): Message {
  const seq = state.last_seq + 1;
  const message: Message = {
    seq,
    id: `m${seq}`,
    kind: 'text',
    sender: { kind: 'visitor', id: 'customer', name: null },
    body: `Message ${seq}`,
    sent_at: FOUNDING.created_at,
    ...change,
  };
  state = append(state, message);
  log.append(message, state);
  return message;
}

const note = () => add({ kind: 'note', sender: { kind: 'agent', id: 'amos', name: 'Amos' } });
const seqs = (messages: Message[]) => messages.map(({ seq }) => seq);

describe('a log that was not created', () => {
  test('is empty, and opening it writes nothing', () => {
    const empty = new Disk();
    expect(new Log(empty).open()).toBe(null);
    expect(empty.ran.every((query) => query.startsWith('SELECT'))).toBe(true);
  });
});

describe('opening again', () => {
  test('gives the founding and the state of the last entry', () => {
    expect(new Log(disk).open()).toEqual({ founding: FOUNDING, state: START });
    add();
    note();
    expect(new Log(disk).open()).toEqual({ founding: FOUNDING, state });
  });

  test('gives a state that was stored without an entry', () => {
    add();
    const read = { ...state, agent_read_seq: 1, version: state.version + 1 };
    log.keepState(read);
    const founding = { ...FOUNDING, customer: { full_name: 'Ada', email: null } };
    log.keepFounding(founding);
    expect(new Log(disk).open()).toEqual({ founding, state: read });
  });

  test('gives a state that was stored before the first entry', () => {
    log.keepState({ ...START, priority: 'high' });
    expect(new Log(disk).open()?.state.priority).toBe('high');
  });

  test('refuses a log that an incompatible later version wrote', () => {
    disk.exec(`UPDATE messages SET body = json_set(body, '$.schema', 99) WHERE seq = 0`);
    expect(() => new Log(disk).open()).toThrow();
  });

  test('O13: uses a log to which a later version only added fields, and keeps them', () => {
    disk.exec('ALTER TABLE messages ADD COLUMN later TEXT');
    disk.exec(
      `UPDATE messages SET body = json_set(body, '$.schema', 99, '$.works_from', 2, '$.later', 'kept')
       WHERE seq = 0`,
    );
    log = new Log(disk);
    const opened = log.open();
    if (!opened) throw new Error('It was created.');
    log.keepFounding({ ...opened.founding, blocked: true });
    add({ id: 'on the old version' });
    const [row] = disk.exec('SELECT body FROM messages WHERE seq = 0').toArray();
    expect(JSON.parse(String(Object(row).body))).toMatchObject({
      ...{ schema: 99, works_from: 2, later: 'kept', blocked: true },
    });
    expect(new Log(disk).find('on the old version')).toMatchObject({ seq: 1 });
  });
});

describe('finding by id (P4)', () => {
  test('finds every message, before a sleep and after, and no other', () => {
    expect(log.find('m1')).toBe(null);
    const first = add();
    const second = note();
    for (const each of [log, new Log(disk)]) {
      expect(each.find('m1')).toEqual(first);
      expect(each.find('m2')).toEqual(second);
      expect(each.find('m3')).toBe(null);
      expect(each.find('')).toBe(null);
    }
  });

  test('does not find an entry that did not fit on the disk', () => {
    log.find('warm');
    disk.full = true;
    expect(() => add()).toThrow('full');
    disk.full = false;
    expect(log.find('m1')).toBe(null);
  });
});

describe('an event of a type that the first versions of the log do not know', () => {
  test('is kept in the details, which they skip, so that after a rollback its sentence is shown', () => {
    const system = { kind: 'system' as const, id: 'system', name: null };
    add({ kind: 'event', sender: system, event: { type: 'closed', reason: 'resolved' } });
    add({ kind: 'event', sender: system, event: { type: 'priority_changed', priority: 'high' } });
    const columns = disk.exec(`SELECT event, details FROM messages WHERE seq > 0`).toArray();
    expect(columns).toEqual([
      { event: '{"type":"closed","reason":"resolved"}', details: null },
      { event: null, details: '{"event":{"type":"priority_changed","priority":"high"}}' },
    ]);
    expect(log.after(1, 1, 'agent')).toMatchObject([
      { event: { type: 'priority_changed', priority: 'high' } },
    ]);
  });
});

describe('pages', () => {
  beforeEach(() => {
    add();
    note();
    add();
    add({
      kind: 'event',
      sender: { kind: 'system', id: 'system', name: null },
      event: { type: 'assigned', assignee: null },
    });
    add();
  });

  test('after a seq come in order, from the first that the reader may see', () => {
    expect(seqs(log.after(0, 10, 'agent'))).toEqual([1, 2, 3, 4, 5]);
    expect(seqs(log.after(0, 10, 'visitor'))).toEqual([1, 3, 5]);
    expect(seqs(log.after(1, 1, 'visitor'))).toEqual([3]);
    expect(seqs(log.after(-5, 2, 'agent'))).toEqual([1, 2]);
    expect(log.after(5, 10, 'agent')).toEqual([]);
  });

  test('before a seq are the last ones, in order', () => {
    expect(seqs(log.before(6, 2, 'agent'))).toEqual([4, 5]);
    expect(seqs(log.before(5, 2, 'visitor'))).toEqual([1, 3]);
    expect(log.before(1, 10, 'agent')).toEqual([]);
    expect(log.before(0, 10, 'agent')).toEqual([]);
  });

  test('give each message as it was written', () => {
    const [, , , event] = log.after(0, 10, 'agent');
    expect(event).toMatchObject({ kind: 'event', event: { type: 'assigned', assignee: null } });
    expect(log.after(0, 1, 'agent')[0]).not.toHaveProperty('event');
  });
});

describe('the newest entries', () => {
  const system = { kind: 'system' as const, id: 'system', name: null };
  const amos = { kind: 'agent' as const, id: 'amos', name: 'Amos' };

  /** What an object answers that has just woken. */
  const woken = (seq: number, reader: 'visitor' | 'agent') => new Log(disk).after(seq, 100, reader);

  function isAsWritten(): void {
    for (const reader of ['visitor', 'agent'] as const) {
      for (let seq = -1; seq <= state.last_seq + 1; seq += 1) {
        expect(log.after(seq, 100, reader)).toEqual(woken(seq, reader));
        expect(log.after(seq, 2, reader)).toEqual(woken(seq, reader).slice(0, 2));
      }
    }
  }

  test('are answered from memory: whoever comes back after a moment costs no read', () => {
    add();
    note();
    add();
    disk.ran.length = 0;
    expect(seqs(log.after(1, 100, 'agent'))).toEqual([2, 3]);
    expect(seqs(log.after(1, 100, 'visitor'))).toEqual([3]);
    expect(log.after(3, 100, 'visitor')).toEqual([]);
    expect(disk.ran).toEqual([]);
    // An object that has just woken reads them once.
    new Log(disk).after(1, 100, 'agent');
    expect(disk.ran).toHaveLength(1);
  });

  test('are what the log has, whatever they are', () => {
    add({ by: { kind: 'visitor', id: 'customer' } });
    note();
    add({ kind: 'note', sender: amos, mentions: ['olive'], by: amos });
    add({ kind: 'event', sender: system, event: { type: 'priority_changed', priority: 'high' } });
    add({ kind: 'event', sender: system, event: { type: 'closed', reason: 'resolved' } });
    isAsWritten();
    log.amend({ seq: 1, body: 'Changed', edited_at: FOUNDING.created_at });
    isAsWritten();
    const edited = { type: 'edited' as const, seq: 1 };
    add({ kind: 'event', sender: system, event: { ...edited, body: 'Changed' } });
    add();
    isAsWritten();
    log.amend({ seq: 1, body: 'Changed twice', edited_at: FOUNDING.created_at });
    add({ kind: 'event', sender: system, event: { ...edited, body: 'Changed twice' } });
    isAsWritten();
  });

  test('are so many and so long at most', () => {
    for (let number = 0; number < 100; number += 1) add();
    isAsWritten();
    add({ body: 'a'.repeat(20_000) });
    add();
    isAsWritten();
    log.after(state.last_seq, 1, 'agent');
    disk.ran.length = 0;
    log.after(state.last_seq - 2, 100, 'agent');
    expect(disk.ran).toHaveLength(1);
  });
});

test('P3: a seq that is used is refused', () => {
  const message = add();
  expect(() => log.append(message, state)).toThrow(/UNIQUE/);
});
