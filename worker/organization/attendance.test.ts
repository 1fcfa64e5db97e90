import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { timeOf } from '../kernel/ids.ts';
import { Attendance, GRACE, type StatusChange } from './attendance.ts';
import type { Presence } from './presence.ts';

const maya = { id: 'maya', name: 'Maya' };
const tom = { id: 'tom', name: 'Tom' };
const nobody: Presence = { online: [], away: [] };
const START = Date.parse('2026-11-29T08:00:00Z');

function settled() {
  let now = START;
  let fails = false;
  const stored: unknown[] = [];
  const log = new Map<string, StatusChange>();
  const alarms: number[] = [];
  const make = () =>
    new Attendance({
      kv: { get: () => stored.at(-1), put: (_, value) => void stored.push(structuredClone(value)) },
      async write(_, changes) {
        if (fails) throw new Error('The database is away.');
        for (const change of changes) log.set(change.id, change);
      },
      report: () => {},
      now: () => now,
      idAt: (msecs) => v7({ msecs }),
      stepIn: async (milliseconds) => void alarms.push(now + milliseconds),
    });
  return {
    make,
    stored,
    alarms,
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
    fail: (whether: boolean) => {
      fails = whether;
    },
    /** The rows, the oldest first: `08:00 Maya offline-online`. */
    rows: () =>
      [...log.values()]
        .sort((a, b) => (a.id < b.id ? -1 : 1))
        .map(({ id, person, before, after }) => {
          const at = timeOf(id).toISOString().slice(11, 16);
          return `${at} ${person.name} ${before}-${after}`;
        }),
    log,
  };
}

/** How many seconds somebody was online between two times, by the rows alone. */
function onlineSeconds(changes: Iterable<StatusChange>, id: string, from: number, to: number) {
  let seconds = 0;
  let since: number | null = null;
  for (const change of [...changes].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    if (change.person.id !== id) continue;
    const at = Math.min(Math.max(timeOf(change.id).getTime(), from), to);
    if (change.after === 'online') since ??= at;
    else if (since !== null) {
      seconds += (at - since) / 1_000;
      since = null;
    }
  }
  return seconds + (since === null ? 0 : (to - since) / 1_000);
}

const MINUTE = 60_000;

describe('the status of agents is recorded', () => {
  it('as one row a change, from which follows how long somebody was online', async () => {
    const { make, pass, rows, log, stored, alarms } = settled();
    const attendance = make();
    await attendance.note({ online: [maya], away: [] }, 'acme');
    pass(30 * MINUTE);
    // More tabs, and a colleague: nothing new of Maya.
    await attendance.note({ online: [maya], away: [] }, 'acme');
    await attendance.note({ online: [maya, tom], away: [] }, 'acme');
    pass(30 * MINUTE);
    await attendance.note({ online: [tom], away: [maya] }, 'acme');
    pass(15 * MINUTE);
    await attendance.note({ online: [maya, tom], away: [] }, 'acme');
    pass(15 * MINUTE);
    await attendance.note({ online: [tom], away: [] }, 'acme');
    expect(alarms).toEqual([START + 90 * MINUTE + GRACE]);
    pass(GRACE);
    expect(await attendance.step({ online: [tom], away: [] })).toBe(null);
    expect(rows()).toEqual([
      '08:00 Maya offline-online',
      '08:30 Tom offline-online',
      '09:00 Maya online-away',
      '09:15 Maya away-online',
      '09:30 Maya online-offline',
    ]);
    const until = START + 100 * MINUTE;
    expect(onlineSeconds(log.values(), 'maya', START, until)).toBe(75 * 60);
    expect(onlineSeconds(log.values(), 'tom', START, until)).toBe(70 * 60);
    // Five changes, and Maya's last tab.
    expect(stored).toHaveLength(6);
  });

  it('and a reload or a lost connection is no change', async () => {
    const { make, pass, rows, alarms } = settled();
    const attendance = make();
    await attendance.note({ online: [maya], away: [] }, 'acme');
    await attendance.note(nobody, 'acme');
    pass(GRACE - 1);
    await attendance.note({ online: [maya], away: [] }, 'acme');
    pass(10 * MINUTE);
    // The object slept; the alarm of the first leaving finds nobody gone, and the next has its own time.
    expect(await make().step({ online: [maya], away: [] })).toBe(null);
    await make().note(nobody);
    expect(alarms).toHaveLength(2);
    pass(GRACE);
    await make().step(nobody);
    expect(rows()).toEqual(['08:00 Maya offline-online', '08:10 Maya online-offline']);
  });

  it('though the database is away, and though the object restarts; no row is there twice', async () => {
    const { make, pass, fail, rows, alarms } = settled();
    fail(true);
    const attendance = make();
    await attendance.note({ online: [maya], away: [] }, 'acme');
    pass(MINUTE);
    await attendance.note({ online: [], away: [maya] }, 'acme');
    expect(rows()).toEqual([]);
    expect(alarms).toEqual([START + 1_000, START + MINUTE + 2_000]);
    expect(await attendance.step({ online: [], away: [maya] })).toBe(4_000);
    fail(false);
    const again = make();
    expect(await again.step({ online: [], away: [maya] })).toBe(null);
    const expected = ['08:00 Maya offline-online', '08:01 Maya online-away'];
    expect(rows()).toEqual(expected);
    // It died before the next change: the same rows are written again.
    expect(await make().step({ online: [], away: [maya] })).toBe(null);
    expect(rows()).toEqual(expected);
  });

  it('P15: of nobody where no agent ever came: no row, no alarm', async () => {
    const { make, stored, alarms } = settled();
    await make().note(nobody);
    expect(await make().step(nobody)).toBe(null);
    expect([stored, alarms]).toEqual([[], []]);
  });
});
