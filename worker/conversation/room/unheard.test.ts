import { beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../../protocol/conversation/actor.ts';
import { agentNamed, BY, Server, VISITOR } from '../../test/server.ts';

/**
 * What agents do among themselves is an entry of the log, and a visitor's socket gets what it
 * got before there were such entries: the head of the conversation where agents have changed it,
 * as the visitor sees it, and otherwise nothing.
 */

const HEAD =
  '{"type":"conversation","conversation":{"id":"01900000-0000-7000-8000-000000000001",' +
  '"department_id":"sales","status":"active","assignee":{"id":"amos","name":"Amos"},' +
  '"closed_reason":null,"closed_at":null,"last_seq":2,"visitor_read_seq":1,"agent_read_seq":2,"rating":null}}';
const ADA: Actor = { kind: 'visitor', id: 'customer' };

let server: Server;
let heard: string[];
let ids = 0;

beforeEach(() => {
  server = new Server(() => {
    ids += 1;
    return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
  });
  const id = '01900000-0000-7000-8000-0000000000ff';
  server.room.post(agentNamed('Amos'), { id, kind: 'text', body: 'Hello' });
  const wire = server.accept(VISITOR);
  wire.deliver = (frame) => heard.push(JSON.stringify(frame));
  heard = [];
  server.hear(wire, JSON.stringify({ type: 'hello', after: 0 }));
  heard = [];
});

describe('P11: a visitor hears what they heard before', () => {
  test.each([
    ['labels', () => server.room.commands.change(BY, { addLabels: ['vip'] }), [HEAD]],
    ['the priority', () => server.room.commands.change(BY, { priority: 'high' }), [HEAD]],
    [
      "the assignee's new name",
      () => server.room.commands.reassess('amos', 'Amos M.'),
      [HEAD.replace('"Amos"', '"Amos M."')],
    ],
    [
      'their own new name',
      () => server.room.commands.rename(ADA, { full_name: 'Ada', email: null }),
      [HEAD],
    ],
    ['that they are blocked', () => server.room.commands.restrain(BY, { blocked: true }), []],
    [
      'that their sessions ended',
      () => server.room.commands.restrain(BY, { revoked_before: 1 }),
      [],
    ],
  ])('of %s', (_what, change, expected) => {
    const before = server.room.history('visitor', { limit: 100 });
    change();
    expect(server.room.state.last_seq).toBe(3);
    expect(heard).toEqual(expected);
    expect(server.room.history('visitor', { limit: 100 })).toEqual(before);
  });

  test('S24: the next message has a number of the one order, so a number is missing', () => {
    server.room.commands.change(BY, { addLabels: ['vip'] });
    heard = [];
    const id = '01900000-0000-7000-8000-0000000000fe';
    server.room.post(agentNamed('Amos'), { id, kind: 'text', body: 'Still there?' });
    expect(heard.map((frame) => JSON.parse(frame))).toMatchObject([
      { type: 'message', message: { seq: 4, body: 'Still there?' } },
    ]);
  });
});
