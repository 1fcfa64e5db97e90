import { beforeEach, describe, expect, test } from 'vitest';
import { Drain, FIRST_RETRY, LAST_RETRY, type Outlet } from './drain.ts';

/** K11: one drain for what follows the log: one at a time, retried, made up for after a crash. */

let drain: Drain;
let retries: number[];
/** What ran, in order: a name as it begins, and again with `.` as it ends. */
let ran: string[];
let running: number;
let most: number;
let reported: unknown[];

beforeEach(() => {
  retries = [];
  ran = [];
  running = 0;
  most = 0;
  reported = [];
  drain = new Drain((milliseconds) => void retries.push(milliseconds));
});

type Double = { outlet: Outlet; fail: boolean; doubts: number; meanwhile: () => void };

function consumer(name: string): Double {
  const double: Omit<Double, 'outlet'> = { fail: false, doubts: 0, meanwhile: () => {} };
  const outlet = drain.add({
    async run() {
      ran.push(name);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      const { meanwhile } = double;
      double.meanwhile = () => {};
      meanwhile();
      await Promise.resolve();
      running -= 1;
      ran.push(`${name}.`);
      if (double.fail) throw new Error(name);
    },
    report: (error) => void reported.push(error),
    doubt: () => {
      double.doubts += 1;
    },
  });
  return Object.assign(double, { outlet });
}

describe('K11: consumers', () => {
  test('run one at a time, and each has its turn', async () => {
    const rows = consumer('rows');
    const search = consumer('search');
    rows.meanwhile = () => void rows.outlet.request();
    expect(await Promise.all([rows.outlet.request(), search.outlet.request()])).toEqual([
      true,
      true,
    ]);
    expect(ran).toEqual(['rows', 'rows.', 'search', 'search.', 'rows', 'rows.']);
    expect(most).toBe(1);
  });

  test('that are asked while they run, run again, and answer after that', async () => {
    const rows = consumer('rows');
    let second: Promise<boolean> | undefined;
    rows.meanwhile = () => {
      second = rows.outlet.request();
    };
    const first = rows.outlet.request();
    expect(await first).toBe(true);
    expect(second).toBe(first);
    expect(ran).toEqual(['rows', 'rows.', 'rows', 'rows.']);
    expect(await rows.outlet.request()).toBe(true);
    expect(ran).toHaveLength(6);
  });

  test('that are asked several times in one turn run once', async () => {
    const rows = consumer('rows');
    await Promise.all([rows.outlet.request(), rows.outlet.request(), rows.outlet.request()]);
    expect(ran).toEqual(['rows', 'rows.']);
  });
});

describe('K11: a failure', () => {
  test('stops no other consumer, and is reported', async () => {
    const rows = consumer('rows');
    const search = consumer('search');
    rows.fail = true;
    expect(await Promise.all([rows.outlet.request(), search.outlet.request()])).toEqual([
      false,
      true,
    ]);
    expect(reported).toMatchObject([{ message: 'rows' }]);
    expect(retries).toEqual([FIRST_RETRY]);
  });

  test('is retried later each time, and each consumer counts its own', async () => {
    const rows = consumer('rows');
    const search = consumer('search');
    rows.fail = true;
    await rows.outlet.request();
    for (let n = 0; n < 12; n += 1) expect(await drain.retry()).toEqual([false, true]);
    expect(retries.slice(0, 4)).toEqual([1, 2, 4, 8].map((times) => times * FIRST_RETRY));
    expect(retries.at(-1)).toBe(LAST_RETRY);
    search.fail = true;
    await search.outlet.request();
    expect(retries.at(-1)).toBe(FIRST_RETRY);
  });

  test('does not count what is asked meanwhile, which runs no sooner for it', async () => {
    const rows = consumer('rows');
    rows.fail = true;
    rows.meanwhile = () => void rows.outlet.request();
    expect(await rows.outlet.request()).toBe(false);
    await Promise.resolve();
    expect(ran).toEqual(['rows', 'rows.']);
    expect(await rows.outlet.request()).toBe(false);
    expect(retries).toEqual([FIRST_RETRY, FIRST_RETRY]);
    rows.fail = false;
    expect(await drain.retry()).toEqual([true]);
    rows.fail = true;
    await rows.outlet.request();
    expect(retries.at(-1)).toBe(FIRST_RETRY);
  });
});

test('K11: after a crash the alarm asks all of them, and each looks for itself', async () => {
  const rows = consumer('rows');
  const search = consumer('search');
  expect(await drain.retry()).toEqual([true, true]);
  expect(ran).toEqual(['rows', 'rows.', 'search', 'search.']);
  expect([rows.doubts, search.doubts]).toEqual([1, 1]);
});
