import { beforeEach, describe, expect, test } from 'vitest';
import { Reassessment } from './reassessment.ts';

/** A2: each conversation of a removed member is asked, however many there are and whatever fails. */

const ORGANIZATION = 'acme';

let storage: Map<string, unknown>;
let theirs: string[];
let calls: string[];
let failing: (id: string) => boolean;
let reported: number[];
let meanwhile: () => void;

beforeEach(() => {
  storage = new Map();
  theirs = Array.from({ length: 450 }, (_, index) => `c${String(index).padStart(4, '0')}`);
  calls = [];
  failing = () => false;
  reported = [];
  meanwhile = () => {};
});

function reassessment(): Reassessment {
  const kv = {
    get: <Value>(key: string) => structuredClone(storage.get(key)) as Value | undefined,
    put: (key: string, value: unknown) => void storage.set(key, structuredClone(value)),
    delete: (key: string) => storage.delete(key),
    list: <Value>() => [...storage] as [string, Value][],
  };
  return new Reassessment({
    kv,
    list: async ({ organization, user }, { after, limit }) => {
      expect([organization, user]).toEqual([ORGANIZATION, 'amos']);
      return theirs.filter((id) => after === null || id > after).slice(0, limit);
    },
    ask: async (organization, id) => {
      expect(organization).toBe(ORGANIZATION);
      meanwhile();
      calls.push(id);
      if (failing(id)) throw new Error('away');
    },
    report: ({ count }) => reported.push(count),
  });
}

describe('reassessment', () => {
  test('A2: asks each once, in steps, and is gone when done', async () => {
    const all = reassessment();
    all.begin(ORGANIZATION, 'amos');
    expect(await all.step()).toBe(0);
    // The object was thrown away in between.
    expect(await reassessment().step()).toBe(0);
    expect(await reassessment().step()).toBe(null);
    expect(calls.sort()).toEqual(theirs);
    expect(storage.size).toBe(0);
    expect(await reassessment().step()).toBe(null);
  });

  test('A2: tries a step again that failed, later each time', async () => {
    const all = reassessment();
    all.begin(ORGANIZATION, 'amos');
    failing = (id) => id === 'c0007';
    expect(await all.step()).toBe(1_000);
    expect(await all.step()).toBe(2_000);
    failing = () => false;
    expect(await all.step()).toBe(0);
    expect(reported).toEqual([1, 1]);
  });

  test('A2: one conversation that never answers does not keep the others waiting for ever', async () => {
    const all = reassessment();
    all.begin(ORGANIZATION, 'amos');
    failing = (id) => id === 'c0007';
    let steps = 0;
    while ((await all.step()) !== null) steps += 1;
    expect(steps).toBeLessThan(20);
    expect(new Set(calls)).toEqual(new Set(theirs));
  });

  test('A22: begun again meanwhile, it asks all of them again', async () => {
    theirs = theirs.slice(0, 3);
    const all = reassessment();
    all.begin(ORGANIZATION, 'amos');
    let begun = false;
    meanwhile = () => {
      if (!begun) all.begin(ORGANIZATION, 'amos');
      begun = true;
    };
    expect(await all.step()).toBe(0);
    expect(await all.step()).toBe(null);
    expect(calls).toEqual([...theirs, ...theirs]);
  });
});
