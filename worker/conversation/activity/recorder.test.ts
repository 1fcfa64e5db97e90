import { beforeEach, describe, expect, test } from 'vitest';
import type { ActivityRow } from '../../activity/row.ts';
import { NO_POLICY, type Policy } from '../../organization/policy.ts';
import { agentNamed, BY, FOUNDING, Server, VISITOR } from '../../test/server.ts';
import { Log } from '../log/log.ts';
import { Recorder } from './recorder.ts';

/** What of a conversation is recorded in the activity log, and when: Y6 and Y7 of docs/spec.md. */

const SINCE = '2027-01-15T08:00:00.000Z';
const RECORDING: Policy = { version: 1, auto_close: null, activity_since: SINCE };
const amos = agentNamed('Amos');

let server: Server;
let recorder: Recorder;
let reads: number;
let ids = 0;

const newId = () => {
  ids += 1;
  return `01900000-0000-7000-8000-${String(ids).padStart(12, '0')}`;
};

/** A recorder as the object has it after a wake. */
function wake(): void {
  const log = new Log(server.disk);
  reads = 0;
  const counted = {
    events: (seq: number, limit: number) => {
      reads += 1;
      return log.events(seq, limit);
    },
    lastBefore: (time: string) => {
      reads += 1;
      return log.lastBefore(time);
    },
  };
  recorder = new Recorder(
    {
      log: counted,
      founding: () => server.room.founding,
      departmentName: async (id) => (id === 'sales' ? 'Sales' : null),
    },
    server.room.storedState.recorded_seq,
  );
  server.recordedSeq = () => recorder.recordedSeq;
}

beforeEach(() => {
  server = new Server(newId);
  server.now += 1_000;
  wake();
});

const dueNow = async (): Promise<ActivityRow[]> =>
  (await recorder.due(server.room.storedState.last_seq))?.rows ?? [];

/** Writes what is due; answers it. */
async function write(): Promise<ActivityRow[]> {
  const due = await recorder.due(server.room.storedState.last_seq);
  if (due) recorder.done(due);
  return due?.rows ?? [];
}

const changesOf = (rows: readonly ActivityRow[]) =>
  rows.map(({ kind, before, after }) => [kind, before, after]);

const change = (what: Parameters<Server['room']['commands']['change']>[1]) =>
  server.room.commands.change(BY, what);

const post = (body: string, who: typeof VISITOR | typeof amos = VISITOR) => {
  const id = newId();
  server.room.post(who, { id, kind: 'text', body });
  return id;
};

describe('Y6: where nothing is recorded', () => {
  test('nothing is due, nothing is read, and the state has nothing of it (P15)', async () => {
    recorder.learn(NO_POLICY);
    change({ priority: 'high' });
    expect(await recorder.due(server.room.storedState.last_seq)).toBe(null);
    expect(recorder.hasDue(server.room.storedState.last_seq)).toBe(false);
    expect(reads).toBe(0);
    expect(server.room.storedState).not.toHaveProperty('recorded_seq');
  });

  test('it begins with what comes after the setting was changed', async () => {
    change({ priority: 'high' });
    server.now += 1_000;
    const activity_since = new Date(server.now).toISOString();
    change({ priority: 'low' });
    expect(recorder.learn({ ...RECORDING, activity_since })).toBe(true);
    expect(recorder.hasDue(server.room.storedState.last_seq)).toBe(true);
    expect(changesOf(await write())).toEqual([
      ['conversation.prioritized', { priority: 'high' }, { priority: 'low' }],
    ]);
    expect(recorder.learn({ ...RECORDING, activity_since })).toBe(false);
  });

  test('it ends with it, and leaves nothing in the state', async () => {
    recorder.learn(RECORDING);
    change({ priority: 'high' });
    await write();
    change({ priority: 'low' });
    expect(server.room.storedState.recorded_seq).toBe(1);
    recorder.learn(NO_POLICY);
    change({ priority: 'urgent' });
    expect(await recorder.due(server.room.storedState.last_seq)).toBe(null);
    expect(server.room.storedState).not.toHaveProperty('recorded_seq');
  });
});

describe('Y7: what is done is recorded once', () => {
  beforeEach(() => {
    recorder.learn(RECORDING);
  });

  test('a second time with the same ids, after a crash, too', async () => {
    change({ priority: 'high' });
    change({ status: 'snoozed', snoozedUntil: null });
    const first = await dueNow();
    expect(first).toHaveLength(2);
    expect(await dueNow()).toEqual(first);
    server.crash();
    wake();
    recorder.learn(RECORDING);
    expect(await dueNow()).toEqual(first);
    await write();
    expect(await dueNow()).toEqual([]);
  });

  test('what was written is known after a wake, as far as the log says', async () => {
    change({ priority: 'high' });
    await write();
    change({ priority: 'low' });
    server.crash();
    wake();
    // The policy is not known yet: the state says that it was on.
    expect(changesOf(await dueNow())).toEqual([
      ['conversation.prioritized', { priority: 'high' }, { priority: 'low' }],
    ]);
  });

  test('more than fits into one write is due with the next', async () => {
    for (let n = 0; n < 201; n += 1) change({ priority: n % 2 === 0 ? 'high' : 'low' });
    expect(await write()).toHaveLength(200);
    expect(await write()).toHaveLength(1);
    expect(await write()).toEqual([]);
  });
});

describe('Y2: an activity', () => {
  beforeEach(() => {
    recorder.learn(RECORDING);
  });

  test('names who did it, when, and to which conversation', async () => {
    change({ priority: 'high' });
    const [row] = await dueNow();
    expect(row).toMatchObject({
      organization_id: 'acme',
      area: 'conversations',
      actor: BY,
      actor_id: 'amos',
      subject_type: 'conversation',
      subject_id: FOUNDING.id,
      subject_name: null,
    });
  });

  test.each<[string, () => unknown, ...unknown[]]>([
    [
      'taken',
      () => server.room.commands.claim(amos),
      ['conversation.taken', { assignee: null }, { assignee: 'Amos' }],
    ],
    [
      'assigned and unassigned',
      () => {
        change({ assignee: { id: 'bea', name: 'Bea' } });
        change({ assignee: null });
      },
      ['conversation.assigned', { assignee: null }, { assignee: 'Bea' }],
      ['conversation.unassigned', { assignee: 'Bea' }, { assignee: null }],
    ],
    [
      'moved',
      () => change({ department: { id: 'billing', name: 'Billing' } }),
      ['conversation.moved', { department: 'Sales' }, { department: 'Billing' }],
    ],
    [
      'labelled',
      () => change({ addLabels: ['vip'], labelNames: { vip: 'VIP' } }),
      ['conversation.labelled', { labels: [] }, { labels: ['VIP'] }],
    ],
    [
      'closed and reopened',
      () => {
        change({ status: 'closed', closedReason: 'spam' });
        change({ status: 'active' });
      },
      ['conversation.closed', { status: 'waiting' }, { status: 'closed', reason: 'spam' }],
      ['conversation.reopened', { status: 'closed', reason: 'spam' }, { status: 'open' }],
    ],
    [
      'snoozed and woken',
      () => {
        change({ status: 'snoozed', snoozedUntil: '2027-01-16T08:00:00.000Z' });
        change({ status: 'active' });
      },
      [
        'conversation.snoozed',
        { status: 'waiting' },
        { status: 'snoozed', until: '2027-01-16T08:00:00.000Z' },
      ],
      [
        'conversation.woke',
        { status: 'snoozed', until: '2027-01-16T08:00:00.000Z' },
        { status: 'open' },
      ],
    ],
    [
      'renamed, blocked or signed out: other activities say that',
      () => {
        server.room.commands.rename(BY, { full_name: 'Ada Lane', email: 'ada@lane.example' });
        server.room.commands.restrain(BY, { blocked: true, revoked_before: 1 });
      },
    ],
  ])('has the values before and after: %s', async (_what, work, ...expected) => {
    work();
    expect(changesOf(await dueNow())).toEqual(expected);
  });

  test('holds no text of a message, whatever is done with it', async () => {
    const mine = post('Secret of the visitor');
    post('Secret of the agent', amos);
    const [, { seq = 0 } = {}] = server.room
      .history('agent', { limit: 9 })
      .items.filter(({ kind }) => kind === 'text');
    server.room.amend(amos, { id: newId(), seq, body: 'Another secret' });
    server.room.amend(VISITOR, { id: newId(), seq: 1, body: null });
    server.room.rate(VISITOR, { score: 4, comment: 'Secret comment' });
    const rows = await dueNow();
    expect(changesOf(rows).slice(1)).toEqual([
      ['conversation.message_edited', null, { message: seq }],
      ['conversation.message_deleted', null, { message: 1 }],
      ['conversation.rated', null, { score: 4 }],
    ]);
    expect(JSON.stringify(rows)).not.toMatch(/secret/i);
    expect(mine).toBeTruthy();
  });
});
