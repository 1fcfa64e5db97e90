import { beforeEach, describe, expect, test } from 'vitest';
import { activityRow } from '../../activity/row.ts';
import { initialState, type State, touch } from '../../conversation/state/state.ts';
import { FOUNDING } from '../../test/server.ts';
import type { RowChange, RowOutcome } from './call.ts';
import { type Failure, flush, MOST_STATEMENTS } from './flush.ts';
import type { Rows } from './rows.ts';

/** What a flush does with a database that has other rows, refuses, or is away. */

let versions: Map<string, number>;
let outcomes: Map<string, RowOutcome>;
/** The batches, by the ids in them. */
let batches: { how: 'update' | 'replace' | 'alone'; ids: string[] }[];
/** Ids of changes that the database refuses in a batch, and alone. */
let refused: Set<string>;
let poisoned: Set<string>;
let reported: string[];
let away: Failure | null;

beforeEach(() => {
  versions = new Map();
  outcomes = new Map();
  batches = [];
  refused = new Set();
  poisoned = new Set();
  reported = [];
  away = null;
});

class Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

const idOf = ({ founding }: RowChange) => founding.id;

function attempt(how: 'update' | 'replace' | 'alone', changes: readonly RowChange[]): void {
  const ids = changes.map(idOf);
  batches.push({ how, ids });
  if (away) throw new Refusal(away);
  const bad = how === 'alone' ? poisoned : refused;
  if (ids.some((id) => bad.has(id))) throw new Refusal('refused');
}

const rows: Rows = {
  async update(changes) {
    attempt('update', changes);
    const hit = changes.filter((change) => versions.get(idOf(change)) === change.guess.version);
    for (const change of hit) versions.set(idOf(change), change.state.version);
    return new Set(hit.map(idOf));
  },
  async versions(changes) {
    if (away) throw new Refusal(away);
    return new Map([...versions].filter(([id]) => changes.some((one) => idOf(one) === id)));
  },
  statementsOf: ({ state }) => 4 + state.mentions.length,
  async replace(changes) {
    attempt('replace', changes);
    for (const change of changes) versions.set(idOf(change), change.state.version);
  },
  async alone(change) {
    attempt('alone', [change]);
    const isThere = versions.has(idOf(change));
    versions.set(idOf(change), change.state.version);
    return isThere ? 'written' : 'restored';
  },
};

const START = initialState(FOUNDING);

function change(id: string, more: Partial<State> = {}): RowChange {
  const state = { ...touch(START, FOUNDING.created_at), ...more };
  return { founding: { ...FOUNDING, id }, state, guess: START };
}

/** Changes whose rows are as guessed. */
function several(count: number): RowChange[] {
  const changes = Array.from({ length: count }, (_, index) => change(`c${index}`));
  for (const { founding } of changes) versions.set(founding.id, START.version);
  return changes;
}

async function run(changes: RowChange[]) {
  const { ending } = await flush(
    changes,
    {
      rows,
      classify: (error) => (error instanceof Refusal ? error.failure : 'refused'),
      report: ({ founding }) => reported.push(founding.id),
    },
    ({ founding }, outcome) => void outcomes.set(founding.id, outcome),
  );
  return ending;
}

const sizes = () => batches.map(({ how, ids }) => `${how} ${ids.length}`);

test('K4: rows that are as guessed are written in one batch', async () => {
  expect(await run(several(5))).toBe('done');
  expect(sizes()).toEqual(['update 5']);
  expect([...outcomes.values()]).toEqual(Array(5).fill('written'));
});

test('Y7: what was done is written with a newer row, too', async () => {
  versions.set('a', START.version + 100);
  const row = activityRow(
    { organization_id: 'acme', actor: { kind: 'visitor', id: 'ada' } },
    { kind: 'conversation.reopened', subject: { id: 'a' } },
  );
  expect(await run([{ ...change('a'), activity: [row] }])).toBe('done');
  expect(sizes()).toEqual(['update 1', 'replace 1']);
  expect(outcomes.get('a')).toBe('written');
});

describe('K4: a write that hits no row is decided by a read', () => {
  test('newer: it is done, and nothing is written', async () => {
    versions.set('a', START.version + 100);
    await run([change('a')]);
    expect([sizes(), outcomes.get('a')]).toEqual([['update 1'], 'written']);
    expect(versions.get('a')).toBe(START.version + 100);
  });

  test('older: all columns are written', async () => {
    versions.set('a', 0);
    await run([change('a')]);
    expect([sizes(), outcomes.get('a')]).toEqual([['update 1', 'replace 1'], 'written']);
  });

  test('absent: the whole row is written', async () => {
    await run([change('a')]);
    expect([sizes(), outcomes.get('a')]).toEqual([['update 1', 'alone 1'], 'restored']);
  });

  test('a timeout after the commit: the same again changes nothing', async () => {
    const changes = several(1);
    await run(changes);
    await run(changes);
    expect(outcomes.get('c0')).toBe('written');
    expect(versions.get('c0')).toBe(changes[0]?.state.version);
  });

  test('other labels or mentions: the whole row, without a guess', async () => {
    versions.set('a', START.version);
    await run([change('a', { label_ids: ['one'] })]);
    expect(sizes()).toEqual(['replace 1']);
  });
});

test('K2: a batch of whole rows has at most 40 statements, but for one that needs more', async () => {
  const mentions = Array.from({ length: 50 }, (_, seq) => ({
    user_id: `u${seq}`,
    seq,
    seen: false,
  }));
  const changes = [
    ...Array.from({ length: 25 }, (_, index) => change(`c${index}`, { label_ids: ['one'] })),
    change('large', { mentions }),
  ];
  for (const { founding } of changes) versions.set(founding.id, 0);
  await run(changes);
  expect(sizes()).toEqual(['replace 10', 'replace 10', 'replace 5', 'replace 1']);
  expect(MOST_STATEMENTS).toBe(40);
});

describe('K5: a batch that is refused', () => {
  test('is written in halves; the one that is refused alone is written in its own way', async () => {
    const changes = several(8);
    refused.add('c5');
    expect(await run(changes)).toBe('done');
    expect(sizes().filter((size) => size.startsWith('alone'))).toEqual(['alone 1']);
    expect([...outcomes.values()]).toEqual(Array(8).fill('written'));
    for (const one of changes) expect(versions.get(idOf(one))).toBe(one.state.version);
    expect(reported).toEqual([]);
  });

  test('and refused alone, too, is set aside and reported, and nothing else is', async () => {
    refused.add('c2');
    poisoned.add('c2');
    expect(await run(several(4))).toBe('done');
    expect(outcomes.get('c2')).toBe('set_aside');
    expect(reported).toEqual(['c2']);
    expect([...outcomes.values()].filter((outcome) => outcome === 'written')).toHaveLength(3);
  });
});

describe('K8: a database that is away', () => {
  test.each(['outage', 'overloaded'] as const)('%s: nothing is set aside', async (failure) => {
    away = failure;
    expect(await run(several(4))).toBe(failure);
    expect([outcomes.size, reported, sizes()]).toEqual([0, [], ['update 4']]);
  });

  test('after half of it: what was written is said to be, the rest has no outcome', async () => {
    const changes = several(4);
    refused.add('c3');
    const { update } = rows;
    let halves = 0;
    const gone: Rows = {
      ...rows,
      update: (part) => {
        halves += 1;
        if (halves === 3) away = 'outage';
        return update(part);
      },
    };
    const { ending } = await flush(
      changes,
      {
        rows: gone,
        classify: (error) => (error instanceof Refusal ? error.failure : 'refused'),
        report: ({ founding }) => reported.push(founding.id),
      },
      ({ founding }, outcome) => void outcomes.set(founding.id, outcome),
    );
    expect(ending).toBe('outage');
    expect([...outcomes]).toEqual([
      ['c0', 'written'],
      ['c1', 'written'],
    ]);
    expect(reported).toEqual([]);
  });
});
