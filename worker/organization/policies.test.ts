import { env } from 'node:process';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { A_GO, Policies } from './policies.ts';
import { type AutoClosePolicy, hoursOf, isStricter, NO_POLICY, type Policy } from './policy.ts';

/** The policy of an organization: its versions, and which conversations learn about a change. `FOYER_SEED=…` repeats a run. */
const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const ORGANIZATION = 'acme';

const closing = (change: Partial<AutoClosePolicy> = {}): AutoClosePolicy => ({
  hours: 24,
  departments: {},
  message: null,
  sender: 'Acme',
  reopens: true,
  ...change,
});

let storage: Map<string, unknown>;
/** What the database says. */
let set: AutoClosePolicy | null;
let records: boolean;
let open: string[];
let notified: [string, number][];
let failing: (id: string) => boolean;
let isAway: boolean;
let reported: number;
let now: number;
let alarm: number | null;
let rows: number;
let policies: Policies;

/** The object sleeps and wakes. */
function wake(): void {
  policies = new Policies({
    kv: {
      get: <Value>(key: string) => structuredClone(storage.get(key)) as Value | undefined,
      put: (key: string, value: unknown) => {
        rows += 1;
        storage.set(key, structuredClone(value));
      },
      delete: (key: string) => storage.delete(key),
    },
    read: async () => {
      if (isAway) throw new Error('The database is away.');
      return { auto_close: set, records_conversations: records };
    },
    list: async (organization, { after, limit }) => {
      expect(organization).toBe(ORGANIZATION);
      if (isAway) throw new Error('The database is away.');
      const from = after === null ? 0 : Number(after);
      const ids = open.slice(from, from + limit);
      return { ids, next: from + limit < open.length ? String(from + limit) : null };
    },
    tell: async (_organization, id, policy) => {
      if (failing(id)) throw new Error('It does not answer.');
      notified.push([id, policy.version]);
    },
    report: () => {
      reported += 1;
    },
    now: () => now,
    stepIn: async (milliseconds) => {
      const at = now + milliseconds;
      if (alarm === null || alarm > at) alarm = at;
    },
  });
}

beforeEach(() => {
  storage = new Map();
  set = null;
  records = false;
  open = Array.from({ length: 450 }, (_, index) => `c${index}`);
  notified = [];
  failing = () => false;
  isAway = false;
  reported = 0;
  now = 0;
  alarm = null;
  rows = 0;
  wake();
});

/** Time passes until nothing is under way; how often the alarm rang. */
async function pass(most = 100): Promise<number> {
  let rings = 0;
  while (alarm !== null && rings < most) {
    now = Math.max(now, alarm);
    alarm = null;
    const wait = await policies.step();
    if (wait !== null) alarm = now + wait;
    rings += 1;
    wake();
  }
  return rings;
}

/** As the routes change a setting. */
async function change(to: AutoClosePolicy | null): Promise<void> {
  await policies.expect(ORGANIZATION);
  set = to;
  await policies.refresh(ORGANIZATION);
}

describe('the policy', () => {
  test('Y6: says since when activity is recorded, and wakes nobody for it', async () => {
    now = Date.parse('2026-11-29T10:00:00.000Z');
    const switchTo = async (wanted: boolean) => {
      records = wanted;
      await policies.refresh(ORGANIZATION);
      return policies.current();
    };
    const since = '2026-11-29T10:00:00.000Z';
    expect(await switchTo(true)).toEqual({ version: 1, auto_close: null, activity_since: since });
    now += 1_000;
    expect((await switchTo(true)).version).toBe(1);
    // Another setting changes: recording goes on, without a gap.
    set = { hours: 24, departments: {}, message: null, sender: 'Acme', reopens: true };
    expect(await switchTo(true)).toMatchObject({ version: 2, activity_since: since });
    set = null;
    await switchTo(true);
    alarm = null;
    expect(await switchTo(false)).toEqual({ version: 4, auto_close: null });
    now += 1_000;
    const again = '2026-11-29T10:00:02.000Z';
    expect(await switchTo(true)).toMatchObject({ version: 5, activity_since: again });
    expect(alarm).toBe(null);
    wake();
    expect(policies.current()).toMatchObject({ version: 5, activity_since: again });
  });

  test('P15: of an organization that has set nothing has no row', async () => {
    expect(policies.current()).toEqual(NO_POLICY);
    await policies.refresh(ORGANIZATION);
    expect([rows, alarm]).toEqual([0, null]);
  });

  test('C13: has a new version with each change, and the same without one', async () => {
    await change(closing());
    expect(policies.current()).toEqual({ version: 1, auto_close: closing() });
    await change(closing({ departments: {} }));
    expect(policies.current().version).toBe(1);
    await change(closing({ message: 'Bye' }));
    wake();
    expect(policies.current()).toEqual({ version: 2, auto_close: closing({ message: 'Bye' }) });
    await change(null);
    expect(policies.current()).toEqual({ version: 3, auto_close: null });
  });

  test('C13: is handed out to whoever knows another version, or none', async () => {
    expect([policies.since(undefined), policies.since(0)]).toEqual([NO_POLICY, undefined]);
    await change(closing());
    const { auto_close } = policies.since(0) ?? {};
    expect(auto_close).toEqual(closing());
    expect(policies.since(1)).toBeUndefined();
  });

  test('C13: what two change at once is kept as the database has it in the end', async () => {
    await policies.expect(ORGANIZATION);
    set = closing({ hours: 5 });
    const first = policies.refresh(ORGANIZATION);
    set = closing({ hours: 7 });
    await Promise.all([first, policies.refresh(ORGANIZATION)]);
    expect(policies.current().auto_close?.hours).toBe(7);
  });

  test('C13: a crash between the setting and the telling is made up for by the alarm', async () => {
    await policies.expect(ORGANIZATION);
    set = closing();
    wake();
    isAway = true;
    now = 60_000;
    expect(await policies.step()).toBeGreaterThan(0);
    isAway = false;
    await pass();
    expect(policies.current()).toEqual({ version: 1, auto_close: closing() });
    expect(new Set(notified.map(([id]) => id)).size).toBe(open.length);
    expect([...storage.keys()]).toEqual(['policy']);
  });
});

describe('a change', () => {
  test('C13: by which something is due earlier is told to everything that is open, once', async () => {
    await change(closing());
    await pass();
    expect(notified).toEqual(open.map((id) => [id, 1]));
    await change(closing({ hours: 48 }));
    await change(closing({ hours: 48, message: 'Bye' }));
    await pass();
    expect(notified).toHaveLength(open.length);
    await change(closing({ hours: 48, departments: { sales: 2 } }));
    await pass();
    expect(notified).toHaveLength(2 * open.length);
    expect(notified.at(-1)).toEqual(['c449', 4]);
  });

  test('goes on after a failure, and leaves behind in the end what never answers', async () => {
    failing = (id) => id === 'c3';
    await change(closing());
    await pass();
    expect(new Set(notified.map(([id]) => id)).size).toBe(open.length - 1);
    expect(reported).toBe(12);
    expect(notified.length).toBeLessThanOrEqual(12 * A_GO + open.length);
  });

  test('waits for a database that is away, however long', async () => {
    await change(closing());
    isAway = true;
    await pass(40);
    expect(notified).toEqual([]);
    isAway = false;
    await pass();
    expect(notified).toHaveLength(open.length);
  });

  test('begins again where it changes meanwhile', async () => {
    await change(closing());
    alarm = null;
    await policies.step();
    await change(closing({ hours: 3 }));
    await pass();
    expect(notified.filter(([, version]) => version === 2).map(([id]) => id)).toEqual(open);
  });
});

test('C13: a policy is stricter exactly where some department waits less', () => {
  const hours = fc.option(fc.integer({ min: 1, max: 5 }));
  const any: fc.Arbitrary<Policy> = fc.record({
    version: fc.constant(1),
    auto_close: fc.option(
      fc.record({
        hours,
        departments: fc.dictionary(
          fc.constantFrom('sales', 'billing'),
          fc.integer({ min: 0, max: 5 }),
        ),
        message: fc.constant(null),
        sender: fc.constant('Acme'),
        reopens: fc.boolean(),
      }),
    ),
  });
  fc.assert(
    fc.property(any, any, (after, before) => {
      const wait = (policy: Policy, id: string) => hoursOf(policy, id) ?? Number.MAX_VALUE;
      const isLess = ['sales', 'billing', 'other'].some((id) => wait(after, id) < wait(before, id));
      expect(isStricter(after, before)).toBe(isLess);
    }),
    { seed: SEED },
  );
});
