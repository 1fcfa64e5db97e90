import { env } from 'cloudflare:workers';
import { asc, eq } from 'drizzle-orm';
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest';
import { recordRows } from '../../activity/batch-store.ts';
import { activityRow } from '../../activity/row.ts';
import { rowsOf } from '../../conversation/projection/batch-store.ts';
import { projectionOf } from '../../conversation/projection/store.ts';
import { updateRows } from '../../conversation/projection/update-store.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import { openDatabase } from '../../database/database.ts';
import { createLabel } from '../../features/labels/store.ts';
import { byFoyer } from '../../test/by.ts';
import { Statements } from '../../test/costs/statements.ts';
import { newChange, rowOf } from '../../test/row-changes.ts';
import { settleWorld } from '../../test/world.ts';
import type { RowChange } from './call.ts';
import { flush } from './flush.ts';

/** The rows that one flush writes together, on the configured database. */

const { activity, conversations } = tables;

let world: Awaited<ReturnType<typeof settleWorld>>;
let amosId: string;

beforeAll(async () => {
  world = await settleWorld();
  amosId = world.acme.users[1] ?? '';
});

afterEach(() => {
  vi.restoreAllMocks();
});

async function write(changes: RowChange[]) {
  const outcomes: string[] = [];
  const { ending, error } = await flush(
    changes,
    {
      rows: rowsOf(env),
      doubts: new WeakMap(),
      classify: () => 'refused',
      report: (_, failure) => {
        throw failure;
      },
    },
    (_, outcome) => outcomes.push(outcome),
  );
  if (error) throw error;
  return [ending, ...outcomes];
}

describe('K4 K6: rows that are written together', () => {
  test('hold what each state says, whichever columns differ', async () => {
    const now = new Date(Date.now()).toISOString();
    const changes = [
      await newChange(world, {
        last_seq: 1,
        last_message_preview: "It's \u{1f600} \0 \ud83d",
        last_message_at: now,
      }),
      await newChange(world, { last_seq: 2, last_message_preview: null, last_message_at: now }),
      await newChange(world, {
        status: 'active',
        assignee: { id: amosId, name: 'Amos' },
        agent_read_seq: 3,
      }),
      await newChange(world, {
        status: 'closed',
        shelf: 'closed',
        closed_at: now,
        closed_reason: 'resolved',
        closed_by: { kind: 'agent', id: amosId, name: 'Amos' },
        rating: { score: 5, comment: 'Good' },
      }),
    ];
    expect(await write(changes)).toEqual(['done', ...Array(4).fill('written')]);
    const [first, second, third, fourth] = await Promise.all(
      changes.map(({ founding }) => rowOf(founding.id)),
    );
    expect(first).toMatchObject({ last_seq: 1, last_message_at: new Date(now), status: 'waiting' });
    expect(first?.last_message_preview).toMatch(/^It's \u{1f600} . .{1,3}$/su);
    expect(second).toMatchObject({ last_seq: 2, last_message_preview: null });
    expect(third).toMatchObject({ assignee_id: amosId, assignee_name: 'Amos', agent_read_seq: 3 });
    expect(fourth).toMatchObject({
      status: 'closed',
      closed_at: new Date(now),
      closed_by: { kind: 'agent', id: amosId, name: 'Amos' },
      rating: 5,
      rating_comment: 'Good',
    });
    for (const { founding, state } of changes) {
      expect(await rowOf(founding.id)).toMatchObject({ version: state.version });
    }
    // Once more, and late: nothing changes.
    expect(await write(changes.toReversed())).toEqual(['done', ...Array(4).fill('written')]);
    expect(await rowOf(changes[0]?.founding.id ?? '')).toEqual(first);
  });

  /** The texts of the updates that the database is asked for meanwhile. */
  async function updatesDuring(work: () => Promise<void>): Promise<string[]> {
    const onPostgres = new Statements();
    const prepare = env.DB && vi.spyOn(env.DB, 'prepare');
    try {
      await work();
      const onD1 = prepare?.mock.calls.map(([text]) => text) ?? [];
      const texts = [...onD1, ...onPostgres.take().map(({ sql }) => sql)];
      return texts.filter((text) => /^update/i.test(text));
    } finally {
      onPostgres.stop();
    }
  }

  test('K6: are one statement for each set of columns', async () => {
    const changes = await Promise.all([
      newChange(world, { last_seq: 1, last_message_preview: 'One' }),
      newChange(world, { last_seq: 2, last_message_preview: 'Two' }),
      newChange(world, { priority: 'high' }),
      newChange(world, { last_seq: 3, last_message_preview: 'Three' }),
      newChange(world, { priority: 'low' }),
    ]);
    const updates = await updatesDuring(async () => {
      expect(await write(changes)).toEqual(['done', ...Array(5).fill('written')]);
    });
    expect(updates).toHaveLength(2);
    const rows = await Promise.all(changes.map(({ founding }) => rowOf(founding.id)));
    expect(rows.map((row) => row?.last_message_preview)).toEqual([
      'One',
      'Two',
      null,
      'Three',
      null,
    ]);
    expect(rows.map((row) => row?.priority)).toEqual(['normal', 'normal', 'high', 'normal', 'low']);
  });

  test.runIf(databaseKind === 'd1')('K6: no statement has more than 100 parameters', async () => {
    const change = await newChange(world, { last_seq: 1 });
    const changes = Array.from({ length: 45 }, (_, index) => ({
      ...change,
      founding: { ...change.founding, id: `conversation ${index}` },
      state: {
        ...change.state,
        agent_read_seq: index + 1,
        last_message_preview: `Message ${index}`,
      },
    }));
    const batch = vi.spyOn(env.DB, 'batch');
    expect(await updateRows(openDatabase(env), changes)).toEqual(new Set());
    const [statements = []] = batch.mock.calls[0] ?? [];
    const parameters = statements.map((statement): unknown[] => Reflect.get(statement, 'params'));
    for (const some of parameters) expect(some.length).toBeLessThanOrEqual(100);
    expect(statements.length).toBeLessThan(changes.length / 10);
    for (const { founding } of changes) {
      expect(parameters.flat().filter((value) => value === founding.id)).toHaveLength(1);
    }
  });

  test('with other labels or an older row are written whole', async () => {
    const fields = { name: crypto.randomUUID().slice(0, 8), color: '#112233' };
    const label = await createLabel(openDatabase(env), byFoyer(world.acme.id), fields);
    const labelled = await newChange(world, { label_ids: [label.id] });
    const older = await newChange(world, { last_seq: 4, priority: 'high' });
    const wrong = { ...older, guess: { ...older.guess, version: older.guess.version - 1 } };
    expect(await write([labelled, wrong])).toEqual(['done', 'written', 'written']);
    expect(await rowOf(wrong.founding.id)).toMatchObject({ last_seq: 4, priority: 'high' });
    expect(await rowOf(labelled.founding.id)).toMatchObject({
      label_ids: labelled.state.label_ids,
    });
  });

  test('and one whose row is gone is written whole again', async () => {
    const gone = await newChange(world, { last_seq: 7 });
    await openDatabase(env).delete(conversations).where(eq(conversations.id, gone.founding.id));
    const other = await newChange(world, { last_seq: 1 });
    vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect((await write([gone, other])).sort()).toEqual(['done', 'restored', 'written']);
    expect(await rowOf(gone.founding.id)).toMatchObject({ last_seq: 7 });
  });
});

describe('Y7: what was done with conversations', () => {
  const actor = { kind: 'agent', id: crypto.randomUUID(), name: 'Amos \0 \ud83d' } as const;

  function withActivity(change: RowChange): RowChange {
    const by = { organization_id: world.acme.id, actor };
    const subject = { id: change.founding.id };
    const before = { priority: 'low' };
    const after = { priority: 'high' };
    const row = activityRow(by, { kind: 'conversation.prioritized', subject, before, after });
    return { ...change, activity: [row] };
  }

  const recorded = () =>
    openDatabase(env)
      .select()
      .from(activity)
      .where(eq(activity.area, 'conversations'))
      .orderBy(asc(activity.id));

  test('is written with their rows, once, whichever way they are written', async () => {
    const updated = withActivity(await newChange(world, { priority: 'high' }));
    const guessedWrong = withActivity(await newChange(world, { priority: 'high' }));
    guessedWrong.guess = { ...guessedWrong.guess, version: guessedWrong.guess.version - 1 };
    const overtaken = withActivity(await newChange(world, { priority: 'high' }));
    const newest = { ...overtaken.state, version: overtaken.state.version + 5 };
    await write([{ ...overtaken, activity: undefined, state: newest }]);
    const doubted = { ...overtaken, guess: overtaken.state };
    const gone = withActivity(await newChange(world, { priority: 'high' }));
    await openDatabase(env).delete(conversations).where(eq(conversations.id, gone.founding.id));
    vi.spyOn(console, 'warn').mockImplementation(() => {});

    const all = [updated, guessedWrong, doubted, gone];
    expect((await write(all)).sort()).toEqual(['done', 'restored', ...Array(3).fill('written')]);
    const first = await recorded();
    expect(first.map(({ subject_id }) => subject_id).sort()).toEqual(
      all.map(({ founding }) => founding.id).sort(),
    );
    expect(first[0]).toMatchObject({
      organization_id: world.acme.id,
      kind: 'conversation.prioritized',
      actor: { kind: 'agent', id: actor.id },
      actor_id: actor.id,
      subject_type: 'conversation',
      subject_name: null,
      before: { priority: 'low' },
      after: { priority: 'high' },
    });
    // Again, in halves, and the direct way.
    await write(all.toReversed());
    for (const change of all) await write([change]);
    for (const { founding, state, guess, activity: rows = [] } of all) {
      await projectionOf(env).write(founding, state, guess, rows);
    }
    expect(await recorded()).toEqual(first);
  });

  test('stops no row where the organization is gone', async () => {
    const by = { organization_id: crypto.randomUUID(), actor };
    const row = activityRow(by, { kind: 'conversation.reopened' });
    expect(await recordRows(openDatabase(env), [row])).toEqual([]);
  });
});
