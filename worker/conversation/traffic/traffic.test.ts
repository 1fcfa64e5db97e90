import { describe, expect, test } from 'vitest';
import type { Standing } from '../../features/quotas/addresses.ts';
import { DEFAULT_QUOTAS } from '../../features/quotas/quotas.ts';
import { FREE_AMOUNT, freeAmountOf, Traffic } from './traffic.ts';

/** The organization's object as a conversation knows it: it answers in turn what the test says. */
function createTraffic(answers: (Standing[] | Error)[] = [], calm: string[] = []) {
  const questions: unknown[] = [];
  const remembered: [string, boolean][] = [];
  const traffic = new Traffic({
    free: FREE_AMOUNT,
    ask: (...question) => {
      questions.push(question);
      const answer = answers.shift() ?? new Error('Nothing was to be asked.');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
    isCalm: (address) => calm.includes(address),
    remember: (address, is) => remembered.push([address, is]),
  });
  return { traffic, questions, remembered };
}

const standing = (until: number, calm: boolean): Standing => ({ address: 'a', until, calm });

test('S3: counts by address are told once, and again where the call failed', () => {
  const { traffic } = createTraffic();
  traffic.begin('a', 70);
  traffic.count('a', 5, 0);
  traffic.count('b', 6, 0);
  traffic.count(undefined, 7, 0);
  const report = traffic.take();
  expect(report).toEqual({
    began: 'a',
    fields: 70,
    said: [
      ['a', 1, 5],
      ['b', 1, 6],
    ],
  });
  expect(traffic.take()).toEqual({ began: undefined, said: [] });
  traffic.count('a', 5, 0);
  traffic.giveBack(report);
  expect(traffic.take()).toEqual({
    began: 'a',
    fields: 70,
    said: [
      ['a', 2, 10],
      ['b', 1, 6],
    ],
  });
});

test('S3: an address that must wait is refused until its time, and no other', () => {
  const { traffic, questions } = createTraffic([], ['b']);
  traffic.learn([standing(10_000, false)]);
  expect(traffic.ready('a', 1, 2_500)).toBe(null);
  expect(() => traffic.count('a', 1, 2_500)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 8 }),
  );
  traffic.count('b', 1, 2_500);
  traffic.count('a', 1, 10_000);
  expect(traffic.take().said).toEqual([
    ['b', 1, 1],
    ['a', 1, 1],
  ]);
  expect(questions).toEqual([]);
});

test('S10: whoever passed a human check waits for no neighbours, and for bytes as everybody', () => {
  const { traffic } = createTraffic([]);
  traffic.learn([standing(10_000, false)]);
  traffic.count('a', 1, 2_500, true);
  expect([traffic.isSlow('a', 2_500), traffic.isFull('a', 2_500)]).toEqual([true, false]);
  traffic.learn([{ ...standing(10_000, false), full_until: 5_000 }]);
  expect(() => traffic.count('a', 1, 2_500, true)).toThrow(
    expect.objectContaining({ code: 'rate_limited', retryAfter: 8 }),
  );
  traffic.count('a', 1, 5_000, true);
});

describe('S10: what an address says before the organization is told', () => {
  test('is a few messages where it is calm; the next one asks, and has as many again', async () => {
    const { traffic, questions, remembered } = createTraffic([
      [standing(0, true), standing(0, true)],
    ]);
    traffic.learn([standing(0, true)]);
    expect(remembered).toEqual([['a', true]]);
    for (let message = 0; message < FREE_AMOUNT.messages; message += 1) {
      expect(traffic.ready('a', 10, 0)).toBe(null);
      traffic.count('a', 10, 0);
    }
    await traffic.ready('a', 10, 0);
    traffic.count('a', 10, 0);
    expect(questions).toEqual([[{ began: undefined, said: [['a', 20, 200]] }, 'a', 10]]);
    // The one that was asked for is counted there already.
    expect(traffic.take().said).toEqual([]);
    expect(traffic.ready('a', 10, 0)).toBe(null);
  });

  test('is bounded in bytes', () => {
    const { traffic, questions } = createTraffic([], ['a']);
    expect(traffic.ready('a', FREE_AMOUNT.bytes, 0)).toBe(null);
    traffic.count('a', FREE_AMOUNT.bytes, 0);
    expect(traffic.ready('a', 1, 0)).toBeInstanceOf(Promise);
    expect(questions).toHaveLength(1);
  });

  test('is a share of what an operator allows an address, and never less than by default', () => {
    expect(freeAmountOf(DEFAULT_QUOTAS)).toEqual(FREE_AMOUNT);
    const few = { ...DEFAULT_QUOTAS, address_messages_per_minute: 5, address_bytes_per_hour: 10 };
    expect(freeAmountOf(few)).toEqual(FREE_AMOUNT);
    const many = {
      ...DEFAULT_QUOTAS,
      address_messages_per_minute: 60_000,
      address_bytes_per_hour: 10_000_000,
    };
    expect(freeAmountOf(many)).toEqual({ messages: 2_000, bytes: 50_000 });
  });

  test('is nothing where it is not calm, or nobody said so', async () => {
    const { traffic, questions } = createTraffic([[standing(0, false)], [standing(60_000, false)]]);
    await traffic.ready('a', 10, 0);
    traffic.count('a', 10, 0);
    await traffic.ready('a', 11, 0);
    expect(() => traffic.count('a', 11, 0)).toThrow(
      expect.objectContaining({ code: 'rate_limited', retryAfter: 60 }),
    );
    const nothing = { began: undefined, said: [] };
    expect(questions).toEqual([
      [nothing, 'a', 10],
      [nothing, 'a', 11],
    ]);
  });

  test('passes while the organization’s object is away, and is told later', async () => {
    const { traffic, questions } = createTraffic([new Error('It is away.'), [standing(0, false)]]);
    for (let message = 0; message < 3; message += 1) {
      await traffic.ready('a', 10, 0);
      traffic.count('a', 10, 0);
    }
    expect(questions).toHaveLength(1);
    await traffic.ready('a', 10, 10_000);
    expect(questions[1]).toEqual([{ began: undefined, said: [['a', 3, 30]] }, 'a', 10]);
  });
});
