import { describe, expect, test } from 'vitest';
import type { Regard } from '../../features/quotas/addresses.ts';
import { FREE_AMOUNT, Traffic } from './traffic.ts';

/** The organization's object as a conversation knows it: it answers in turn what the test says. */
function traffic(answers: (Regard[] | Error)[] = [], calm: string[] = []) {
  const asked: unknown[] = [];
  const remembered: [string, boolean][] = [];
  const one = new Traffic({
    ask: (...question) => {
      asked.push(question);
      const answer = answers.shift() ?? new Error('Nothing was to be asked.');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    isCalm: (address) => calm.includes(address),
    remember: (address, is) => remembered.push([address, is]),
  });
  return { one, asked, remembered };
}

const regard = (until: number, calm: boolean): Regard => ({ address: 'a', until, calm });

test('S3: counts by address are told once, and again where the call failed', () => {
  const { one } = traffic();
  one.begin('a', 70);
  one.count('a', 5, 0);
  one.count('b', 6, 0);
  one.count(undefined, 7, 0);
  const report = one.take();
  expect(report).toEqual({
    began: 'a',
    fields: 70,
    said: [
      ['a', 1, 5],
      ['b', 1, 6],
    ],
  });
  expect(one.take()).toEqual({ began: undefined, said: [] });
  one.count('a', 5, 0);
  one.giveBack(report);
  expect(one.take()).toEqual({
    began: 'a',
    fields: 70,
    said: [
      ['a', 2, 10],
      ['b', 1, 6],
    ],
  });
});

test('S3: an address that must wait is refused until its time, and no other', () => {
  const { one, asked } = traffic([], ['b']);
  one.learn([regard(10_000, false)]);
  expect(one.ready('a', 1, 2_500)).toBe(null);
  expect(() => one.count('a', 1, 2_500)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 8 }),
  );
  one.count('b', 1, 2_500);
  one.count('a', 1, 10_000);
  expect(one.take().said).toEqual([
    ['b', 1, 1],
    ['a', 1, 1],
  ]);
  expect(asked).toEqual([]);
});

test('S10: whoever passed a human check waits for no neighbours, and for bytes as everybody', () => {
  const { one } = traffic([]);
  one.learn([regard(10_000, false)]);
  one.count('a', 1, 2_500, true);
  expect([one.isSlow('a', 2_500), one.isFull('a', 2_500)]).toEqual([true, false]);
  one.learn([{ ...regard(10_000, false), full_until: 5_000 }]);
  expect(() => one.count('a', 1, 2_500, true)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 8 }),
  );
  one.count('a', 1, 5_000, true);
});

describe('S10: what an address says before the organization hears of it', () => {
  test('is a few messages where it is calm; the next one asks, and has as many again', async () => {
    const { one, asked, remembered } = traffic([[regard(0, true), regard(0, true)]]);
    one.learn([regard(0, true)]);
    expect(remembered).toEqual([['a', true]]);
    for (let message = 0; message < FREE_AMOUNT.messages; message += 1) {
      expect(one.ready('a', 10, 0)).toBe(null);
      one.count('a', 10, 0);
    }
    await one.ready('a', 10, 0);
    one.count('a', 10, 0);
    expect(asked).toEqual([[{ began: undefined, said: [['a', 20, 200]] }, 'a', 10]]);
    // The one that was asked for is counted there already.
    expect(one.take().said).toEqual([]);
    expect(one.ready('a', 10, 0)).toBe(null);
  });

  test('is bounded in bytes', () => {
    const { one, asked } = traffic([], ['a']);
    expect(one.ready('a', FREE_AMOUNT.bytes, 0)).toBe(null);
    one.count('a', FREE_AMOUNT.bytes, 0);
    expect(one.ready('a', 1, 0)).toBeInstanceOf(Promise);
    expect(asked).toHaveLength(1);
  });

  test('is nothing where it is not calm, or nobody said so', async () => {
    const { one, asked } = traffic([[regard(0, false)], [regard(60_000, false)]]);
    await one.ready('a', 10, 0);
    one.count('a', 10, 0);
    await one.ready('a', 11, 0);
    expect(() => one.count('a', 11, 0)).toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfter: 60 }),
    );
    const nothing = { began: undefined, said: [] };
    expect(asked).toEqual([
      [nothing, 'a', 10],
      [nothing, 'a', 11],
    ]);
  });

  test('passes while the organization’s object is away, and is told later', async () => {
    const { one, asked } = traffic([new Error('It is away.'), [regard(0, false)]]);
    for (let message = 0; message < 3; message += 1) {
      await one.ready('a', 10, 0);
      one.count('a', 10, 0);
    }
    expect(asked).toHaveLength(1);
    await one.ready('a', 10, 10_000);
    expect(asked[1]).toEqual([{ began: undefined, said: [['a', 3, 30]] }, 'a', 10]);
  });
});
