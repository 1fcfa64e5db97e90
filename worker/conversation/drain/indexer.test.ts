import { beforeEach, expect, test } from 'vitest';
import { Drain } from './drain.ts';
import { Indexer } from './indexer.ts';

/** Who writes a conversation's text to the search: an invocation that nobody waits for, or its object. */

let done: string[];
let takes: boolean;
let failing: boolean;
let drain: Drain;
let indexer: Indexer;

beforeEach(() => {
  done = [];
  takes = true;
  failing = false;
  drain = new Drain(() => done.push('retry'));
  const deps = {
    write: async () => {
      done.push('written');
      if (failing) throw new Error('away');
    },
    handOver: async () => {
      if (takes) done.push('handed over');
      return takes;
    },
    read: () => ({ version: 1, texts: [] }),
    report: () => {},
  };
  indexer = new Indexer(drain, deps, null);
});

test('K15: the text of a conversation that closes is handed over, once', async () => {
  expect(indexer.changed(null)).toBeNull();
  expect(await indexer.changed('2026-11-29T10:00:00.000Z')).toBe(true);
  expect(indexer.changed('2026-11-29T10:00:00.000Z')).toBeNull();
  expect(done).toEqual(['handed over']);
});

test('K15: it is written here where nobody takes it, and for whoever waits for it', async () => {
  takes = false;
  await indexer.changed('2026-11-29T10:00:00.000Z');
  expect(done).toEqual(['written']);
  takes = true;
  await indexer.settle();
  // Somebody took a text back as it was closed.
  await Promise.all([indexer.settle(), indexer.changed('2026-11-29T11:00:00.000Z')]);
  await Promise.all([indexer.changed('2026-11-29T12:00:00.000Z'), indexer.settle()]);
  expect(done).toEqual(['written', 'written', 'written', 'written']);
});

test('K15: what was handed back is written here, and tried again where that fails', async () => {
  await indexer.changed('2026-11-29T10:00:00.000Z');
  failing = true;
  expect(await drain.retry()).toEqual([false]);
  failing = false;
  expect(await drain.retry()).toEqual([true]);
  expect(done).toEqual(['handed over', 'written', 'retry', 'written']);
});
