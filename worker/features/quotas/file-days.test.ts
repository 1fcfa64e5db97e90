import { describe, expect, test } from 'vitest';
import { FileDays } from './file-days.ts';
import { DEFAULT_QUOTAS } from './quotas.ts';

const MEGABYTE = 1_000_000;
const DAY = 86_400_000;

/** Storage that counts its writes, as the runtime does: what is put is copied. */
function storage() {
  let stored: unknown;
  const kv = {
    writes: 0,
    get: (_: string) => structuredClone(stored),
    put(_: string, value: unknown) {
      kv.writes += 1;
      stored = structuredClone(value);
    },
  };
  return kv;
}

describe('S10: files in a day', () => {
  test('100 MB of one visitor, until midnight UTC', () => {
    const files = new FileDays(DEFAULT_QUOTAS, storage());
    const noon = DAY / 2;
    for (let n = 0; n < 4; n += 1) expect(files.take('ada', 25 * MEGABYTE, noon)).toBe(null);
    expect(files.take('ada', 1, noon)).toBe(43_200);
    expect(files.take('bob', 25 * MEGABYTE, noon)).toBe(null);
    expect(files.take('ada', 1, DAY)).toBe(null);
  });

  test('of all visitors of an organization', () => {
    const quotas = { ...DEFAULT_QUOTAS, organization_file_bytes_per_day: 30 };
    const files = new FileDays(quotas, storage());
    expect(files.take('ada', 20, 0)).toBe(null);
    expect(files.take('bob', 11, 0)).toBe(86_400);
    expect(files.take('bob', 10, 0)).toBe(null);
  });

  test('are written once a minute, and known after a wake', () => {
    const kv = storage();
    const files = new FileDays(DEFAULT_QUOTAS, kv);
    expect(kv.writes).toBe(0);
    for (let second = 60; second < 180; second += 1)
      files.take('ada', MEGABYTE / 2, second * 1_000);
    expect(kv.writes).toBe(2);
    const woken = new FileDays(DEFAULT_QUOTAS, kv);
    // The minute that was not written is forgotten.
    expect(woken.take('ada', 70 * MEGABYTE, 180_000)).not.toBe(null);
    expect(woken.take('ada', 69 * MEGABYTE, 180_000)).toBe(null);
  });
});
