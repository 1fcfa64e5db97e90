import { beforeEach, describe, expect, test } from 'vitest';
import { activityRow } from '../../activity/row.ts';
import { initialState, type State, touch } from '../../conversation/state/state.ts';
import { FOUNDING } from '../../test/server.ts';
import type { RowChange, RowOutcome } from './call.ts';
import { type Doubts, type Ending, type Failure, flush, MOST_STATEMENTS } from './flush.ts';
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
let doubts: Doubts;
/** The statements of the flush that runs, and of those before it. */
let statements: number[];

beforeEach(() => {
  versions = new Map();
  outcomes = new Map();
  batches = [];
  refused = new Set();
  poisoned = new Set();
  reported = [];
  away = null;
  doubts = new WeakMap();
  statements = [];
});

class Refusal extends Error {
  readonly failure: Failure;

  constructor(failure: Failure) {
    super(failure);
    this.failure = failure;
  }
}

const idOf = ({ founding }: RowChange) => founding.id;
const hasActivity = ({ activity }: RowChange) => activity !== undefined;

function count(more: number): void {
  statements[statements.length - 1] = (statements.at(-1) ?? 0) + more;
}

function attempt(how: 'update' | 'replace' | 'alone', changes: readonly RowChange[]): void {
  const ids = changes.map(idOf);
  batches.push({ how, ids });
  const own = (change: RowChange) => (how === 'replace' ? rows.statementsOf(change) : 1);
  // What is written alone has statements of its own, which are not counted here.
  if (how !== 'alone') {
    count(changes.reduce((all, change) => all + own(change), changes.some(hasActivity) ? 1 : 0));
  }
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
    count(1);
    if (away) throw new Refusal(away);
    return new Map([...versions].filter(([id]) => changes.some((change) => idOf(change) === id)));
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

/** Flushes the changes, and what is left of them with the next ones, as the queue does. */
async function run(changes: RowChange[]) {
  let ending: Ending = 'full';
  for (
    let left = changes;
    ending === 'full';
    left = left.filter((change) => !outcomes.has(idOf(change)))
  ) {
    statements.push(0);
    ending = await flushOnce(left);
    if (statements.length > 1_000) throw new Error('It goes on without end.');
  }
  return ending;
}

async function flushOnce(changes: readonly RowChange[]) {
  const { ending } = await flush(
    changes,
    {
      rows,
      doubts,
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

describe('K2: a flush has at most 40 statements in all', () => {
  test('whole rows with their read; one that needs more has a flush of its own', async () => {
    const mentions = Array.from({ length: 50 }, (_, seq) => ({
      user_id: `u${seq}`,
      seq,
      seen: false,
    }));
    const changes = [
      ...Array.from({ length: 21 }, (_, index) => change(`c${index}`, { label_ids: ['one'] })),
      change('large', { mentions }),
    ];
    for (const { founding } of changes) versions.set(founding.id, 0);
    await run(changes);
    expect(sizes()).toEqual(['replace 9', 'replace 9', 'replace 3', 'replace 1']);
    expect(statements).toEqual([37, 37, 13, 55]);
    expect(MOST_STATEMENTS).toBe(40);
  });

  test('rows that are not as guessed are looked at by the next one', async () => {
    const changes = several(40);
    for (const { founding } of changes.slice(1)) versions.set(founding.id, 0);
    expect(await run(changes)).toBe('done');
    expect(sizes()).toEqual(['update 40', ...Array(4).fill('replace 9'), 'replace 3']);
    expect(statements).toEqual([40, ...Array(4).fill(37), 13]);
  });

  test('halves go on in the next one, and one refused row holds up no other for long', async () => {
    refused.add('c17');
    expect(await run(several(40))).toBe('done');
    expect(Math.max(...statements)).toBeLessThanOrEqual(MOST_STATEMENTS);
    expect(statements.length).toBeLessThanOrEqual(5);
    expect([...outcomes.values()]).toEqual(Array(40).fill('written'));
  });

  test('whatever is missed, refused, gone or recorded, and everything has its outcome', async () => {
    const pick = <Item>(...items: Item[]) => items[Math.floor(random() * items.length)] as Item;
    const random = generator(Number(process.env.FOYER_SEED ?? 20261129));
    for (let history = 0; history < 200; history += 1) {
      versions.clear();
      outcomes.clear();
      refused.clear();
      poisoned.clear();
      statements = [];
      const changes = several(1 + Math.floor(random() * 40)).map((change) => {
        const id = idOf(change);
        pick<() => unknown>(
          () => {},
          () => {},
          () => versions.set(id, 0),
          () => versions.delete(id),
          () => refused.add(id),
          () => refused.add(id) && poisoned.add(id),
        )();
        const more = pick<Partial<RowChange>>({}, {}, { activity: [] }, { guess: change.state });
        return { ...change, ...more };
      });
      expect(await run(changes)).toBe('done');
      expect(outcomes.size).toBe(changes.length);
      expect(Math.max(...statements)).toBeLessThanOrEqual(MOST_STATEMENTS);
    }
  });
});

/** Numbers from 0 to 1 that follow from a seed (mulberry32). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

describe('K5: a batch that is refused', () => {
  test('is written in halves; the one that is refused alone is written in its own way', async () => {
    const changes = several(8);
    refused.add('c5');
    expect(await run(changes)).toBe('done');
    expect(sizes().filter((size) => size.startsWith('alone'))).toEqual(['alone 1']);
    expect([...outcomes.values()]).toEqual(Array(8).fill('written'));
    for (const change of changes) expect(versions.get(idOf(change))).toBe(change.state.version);
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
        doubts,
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
