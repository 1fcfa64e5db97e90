import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { takeTurn } from './turn.ts';

/** V20: tabs create a visitor one after the other, on pages without locks. */

let stored: Map<string, string>;
/** Whether tabs cannot yet read what the others have written. */
let isSlow = false;

beforeEach(() => {
  vi.useFakeTimers();
  stored = new Map();
  isSlow = false;
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('localStorage', {
    getItem: (name: string) => (isSlow ? null : (stored.get(name) ?? null)),
    setItem: (name: string, value: string) => stored.set(name, value),
    removeItem: (name: string) => stored.delete(name),
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

/** Opens tabs that take turns; `order` lists the tabs in the order of their turns, `end` ends a turn. */
function open(tabs: number) {
  const order: number[] = [];
  const end = new Map<number, () => void>();
  const take = async (tab: number) => {
    end.set(tab, await takeTurn('foyer:wk_demo'));
    order.push(tab);
  };
  for (let tab = 1; tab <= tabs; tab += 1) void take(tab);
  return { order, end, take };
}

describe('V20: without locks', () => {
  test('of tabs that open at once, one has its turn and the others wait', async () => {
    const { order, end } = open(4);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual([1]);
    end.get(1)?.();
    await vi.advanceTimersByTimeAsync(200);
    expect(order.slice(1).sort()).toEqual([2, 3, 4]);
    expect(stored.size).toBe(0);
  });

  test('of tabs that write at the same moment, the last one has its turn', async () => {
    isSlow = true;
    const { order, end } = open(4);
    await vi.advanceTimersByTimeAsync(50);
    isSlow = false;
    await vi.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual([4]);
    end.get(4)?.();
    await vi.advanceTimersByTimeAsync(200);
    expect(order.slice(1).sort()).toEqual([1, 2, 3]);
  });

  test('a tab that opens during another tab’s turn waits', async () => {
    const { order, end, take } = open(1);
    await vi.advanceTimersByTimeAsync(300);
    void take(2);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(order).toEqual([1]);
    end.get(1)?.();
    await vi.advanceTimersByTimeAsync(200);
    expect(order).toEqual([1, 2]);
  });

  test('a closed tab delays the others for only five seconds', async () => {
    const { order } = open(2);
    await vi.advanceTimersByTimeAsync(4_900);
    expect(order).toEqual([1]);
    await vi.advanceTimersByTimeAsync(300);
    expect(order).toEqual([1, 2]);
  });

  test('a note from a clock that was ahead delays nobody for longer', async () => {
    stored.set('foyer:wk_demo:turn', `${Date.now() + 3_600_000} 0.5`);
    const { order } = open(1);
    await vi.advanceTimersByTimeAsync(5_100);
    expect(order).toEqual([1]);
  });

  test('where storage is denied, it is our turn at once', async () => {
    vi.stubGlobal('localStorage', undefined);
    const { order } = open(2);
    await vi.advanceTimersByTimeAsync(0);
    expect(order.sort()).toEqual([1, 2]);
  });
});
