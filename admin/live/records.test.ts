import { describe, expect, it } from 'vitest';
import { type ListRequest, Records } from './records.ts';

/** A record with the changes that it contains, each by its number. */
type Item = { id: string; contains: readonly number[] };

const idOf = ({ id }: Item) => id;
const item = (id: string, ...contains: number[]): Item => ({ id, contains });

describe('A30: one rule for lists, answers and frames', () => {
  it('an answer to a list does not undo a frame that came after the request', () => {
    const records = new Records(idOf);
    const request = records.ask();
    records.change({ version: 1, items: [item('a', 1)] });
    records.list([item('a'), item('b')], request);
    expect(records.items()).toEqual([item('a', 1), item('b')]);
  });

  it('a list replaces what had arrived when it was requested', () => {
    const records = new Records(idOf);
    records.change({ version: 1, items: [item('a', 1), item('b', 1)] });
    const request = records.ask();
    records.list([item('a', 1, 2)], request);
    expect(records.items()).toEqual([item('a', 1, 2)]);
    // The list contains it: the frame of a lower number is late.
    records.change({ version: 1, items: [item('b', 1)] });
    expect(records.items()).toEqual([item('a', 1, 2)]);
  });

  it('of two lists the one that was requested later holds, whichever arrives last', () => {
    const records = new Records(idOf);
    const [first, second] = [records.ask(), records.ask()];
    expect(records.list([item('b')], second)).toBe(true);
    expect(records.list([item('a')], first)).toBe(false);
    expect(records.items()).toEqual([item('b')]);
  });

  it('frames in the wrong order, and twice, leave the newest', () => {
    const records = new Records(idOf);
    records.list([item('a')], records.ask());
    for (const version of [2, 1, 2, 1]) records.change({ version, items: [item('a', version)] });
    expect(records.items()).toEqual([item('a', 2)]);
    expect(records.isComplete).toBe(true);
  });

  it('a removed record does not come back with an older frame, answer or list', () => {
    const records = new Records(idOf);
    records.list([item('a')], records.ask());
    const request = records.ask();
    records.change({ version: 2, items: [], removed: ['a'] });
    records.change({ version: 1, items: [item('a', 1)] });
    records.put(item('a', 1), 1);
    records.list([item('a')], request);
    expect(records.items()).toEqual([]);
    // Its record was read before the removal, and has a later number than the frame that found it gone.
    records.change({ version: 3, items: [item('a', 3)] });
    expect(records.items()).toEqual([]);
  });

  it('a view that is shared again comes back with a newer number, and not with an older one', () => {
    const records = new Records(idOf, true);
    records.list([item('a')], records.ask());
    records.change({ version: 2, items: [], removed: ['a'] });
    records.change({ version: 1, items: [item('a', 1)] });
    expect(records.items()).toEqual([]);
    records.change({ version: 3, items: [item('a', 3)] });
    expect(records.items()).toEqual([item('a', 3)]);
    records.change({ version: 4, items: [], removed: ['a'] });
    records.list([item('a', 5)], records.ask());
    expect(records.items()).toEqual([item('a', 5)]);
  });

  it('what this tab removed stays removed, although the answer has no number', () => {
    const records = new Records(idOf);
    records.list([item('a'), item('b')], records.ask());
    records.remove('a');
    records.change({ version: 1, items: [item('a', 1)] });
    expect(records.items()).toEqual([item('b')]);
  });

  it('a missing number shows until its frame comes, or a list that was requested after it', () => {
    const records = new Records(idOf);
    records.list([], records.ask());
    records.change({ version: 1, items: [] });
    records.change({ version: 3, items: [] });
    expect(records.isComplete).toBe(false);
    records.change({ version: 2, items: [] });
    expect(records.isComplete).toBe(true);
    const early = records.ask();
    records.change({ version: 5, items: [] });
    records.list([], early);
    expect(records.isComplete).toBe(false);
    records.list([], records.ask());
    expect(records.isComplete).toBe(true);
  });

  it('a frame without records is a missing number', () => {
    const records = new Records(idOf);
    records.list([], records.ask());
    records.change({ version: 1 });
    expect(records.isComplete).toBe(false);
  });
});

/** Numbers below `n` that follow from a seed (mulberry32). */
function chance(seed: number): (n: number) => number {
  let state = seed;
  return (n) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * n);
  };
}

/**
 * A database, the changes of several agents, and what is on its way to one tab. Every step takes place at
 * any time: a write, its number, the reading of its record, and each arrival, in any order and twice.
 */
class World {
  readonly records = new Records(idOf);
  readonly #pick: (n: number) => number;
  readonly #database = new Map<string, number[]>();
  readonly #numbers = new Map<number, { id: string; version: number }>();
  #writes = 0;
  #version = 0;
  /** The next steps of what is under way. */
  #steps: (() => void)[] = [];
  /** Of each record the highest number that arrived by frame or answer. */
  readonly #arrived = new Map<string, number>();
  readonly #knownRemoved = new Set<string>();

  constructor(seed: number) {
    this.#pick = chance(seed);
    for (const id of ['a', 'b', 'c']) this.#database.set(id, []);
  }

  /** Somebody changes, adds or removes a record. `lost`: nobody is told. */
  begin({ lost = this.#pick(8) === 0 } = {}): void {
    const write = ++this.#writes;
    const ids = [...this.#database.keys()];
    const id = this.#pick(4) === 0 ? `new${write}` : (ids[this.#pick(ids.length)] ?? `new${write}`);
    const removes = this.#pick(6) === 0;
    const own = this.#pick(3) === 0;
    if (removes) this.#database.delete(id);
    else this.#database.set(id, [...(this.#database.get(id) ?? []), write]);
    this.#steps.push(() => {
      const version = ++this.#version;
      this.#numbers.set(write, { id, version });
      if (!lost) this.#steps.push(() => this.#read(id, version, own));
    });
  }

  #read(id: string, version: number, own: boolean): void {
    const contains = this.#database.get(id);
    const items = contains ? [item(id, ...contains)] : [];
    const arrive = () => {
      this.records.change({ version, items, removed: contains ? [] : [id] });
      this.#note(id, version, !contains);
    };
    this.#steps.push(arrive);
    if (this.#pick(4) === 0) this.#steps.push(arrive);
    if (!own) return;
    this.#steps.push(() => {
      if (items[0]) this.records.put(items[0], version);
      else this.records.remove(id);
      this.#note(id, version, !contains);
    });
  }

  #note(id: string, version: number, removed: boolean): void {
    this.#arrived.set(id, Math.max(version, this.#arrived.get(id) ?? 0));
    if (removed) this.#knownRemoved.add(id);
  }

  /** The tab requests the list. */
  request(): void {
    const request: ListRequest = this.records.ask();
    this.#steps.push(() => {
      const list = this.#list();
      this.#steps.push(() => this.records.list(list, request));
    });
  }

  #list(): Item[] {
    return [...this.#database].map(([id, contains]) => item(id, ...contains));
  }

  /** One step of what is under way. Returns false if nothing is. */
  step(): boolean {
    const [next] = this.#steps.splice(this.#pick(this.#steps.length), 1);
    next?.();
    this.#check();
    return next !== undefined;
  }

  #check(): void {
    for (const { id, contains } of this.records.items()) {
      // No id is given twice.
      if (this.#knownRemoved.has(id)) throw new Error(`${id} came back`);
      // Nothing that arrived with a number is lost again.
      const upTo = this.#arrived.get(id) ?? 0;
      for (const [write, change] of this.#numbers) {
        if (change.id !== id || change.version > upTo || contains.includes(write)) continue;
        throw new Error(`${id} lost change ${change.version}`);
      }
    }
  }

  random(n: number): number {
    return this.#pick(n);
  }

  /** Lets everything arrive, and does what a cache does: it requests the list if something is missing. */
  settle(): void {
    while (this.step());
    // The next change that is told shows which were not.
    this.begin({ lost: false });
    while (this.step());
    if (!this.records.isComplete) this.request();
    while (this.step());
    const sorted = (items: Item[]) => items.sort((a, b) => (a.id < b.id ? -1 : 1));
    expect(this.records.isComplete).toBe(true);
    expect(sorted(this.records.items())).toEqual(sorted(this.#list()));
  }
}

it('A30: whatever the order, the records end as they are in the database, and none goes back', () => {
  for (let seed = 1; seed <= 500; seed += 1) {
    const world = new World(seed);
    world.request();
    for (let turn = 0; turn < 60; turn += 1) {
      const what = world.random(10);
      if (what < 2) world.begin();
      else if (what === 2) world.request();
      else world.step();
    }
    try {
      world.settle();
    } catch (error) {
      throw new Error(`seed ${seed}`, { cause: error });
    }
  }
});
