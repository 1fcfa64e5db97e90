import { env } from 'node:process';
import fc from 'fast-check';
import { v4 } from 'uuid';
import { describe, expect, test } from 'vitest';
import { type AutoClosePolicy, NO_POLICY, type Policy } from '../../organization/policy.ts';
import { agentNamed, BY, FOUNDING, Server, VISITOR } from '../../test/server.ts';
import { initialState } from '../state/state.ts';
import { due, dueByChange, TIMERS } from './due.ts';
import type { Subject } from './timer.ts';
import { Timers } from './timers.ts';
import { WATCHDOG } from './watchdog.ts';

/**
 * The timers of one conversation, with the real room and an alarm as the platform has it: it rings
 * at its time or later, perhaps twice, and outlives the object. `FOYER_SEED=…` repeats a run.
 */
const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const RUNS = 300;
const HOUR = 60 * 60_000;
const START = Date.parse(FOUNDING.created_at);

const amos = agentNamed('Amos');

/** A conversation with its timers and its alarm. */
class World {
  readonly server = new Server(v4);
  /** When the alarm rings; null where it is not set. */
  alarm: number | null = null;
  /** How often it was set: rows on the bill. */
  rows = 0;
  /** Whether the database is away. */
  isAway = false;
  sessionEndsAt: number | null = null;
  /** What the organization's object says of its policy. */
  policy: Policy = NO_POLICY;
  askPolicy = async (): Promise<Policy> => this.policy;
  /** What happens while the drain runs. */
  drain: () => void = () => {};
  /** When the drain ran. */
  drained: number[] = [];
  timers = this.#create();

  constructor() {
    this.server.changed = () => this.timers.changed();
  }

  get state() {
    return this.server.room.state;
  }

  #create(): Timers {
    return new Timers({
      now: () => this.server.now,
      state: () => this.state,
      sessionEndsAt: () => this.sessionEndsAt,
      askPolicy: () => this.askPolicy(),
      ringAt: (time) => {
        if (this.alarm !== null && this.alarm <= time) return;
        this.alarm = time;
        this.rows += 1;
      },
      deeds: {
        wake: async () => this.server.room.commands.wake(),
        close: async (policy) => policy && this.server.room.commands.closeInactive(policy),
        end_sessions: async () => {
          if (this.sessionEndsAt !== null && this.sessionEndsAt <= this.server.now) {
            this.sessionEndsAt = null;
          }
        },
        drain: async () => {
          this.drained.push(this.server.now);
          this.drain();
          if (this.isAway) this.timers.retryIn(5 * 60_000);
        },
      },
    });
  }

  /** The object sleeps and wakes: what its timers had in memory is gone. */
  evict(): void {
    this.server.evict();
    this.timers = this.#create();
  }

  async ring(): Promise<void> {
    this.alarm = null;
    await this.timers.ring();
  }

  /** Time passes, and the alarm rings when it must, or `late` milliseconds after. */
  async pass(milliseconds: number, late = 0): Promise<void> {
    const end = this.server.now + milliseconds;
    for (let rings = 0; this.alarm !== null && this.alarm + late <= end; rings += 1) {
      expect(rings).toBeLessThan(2_000);
      this.server.now = Math.max(this.server.now, this.alarm + late);
      await this.ring();
      // Invariant 4: no alarm rings in a circle.
      if (this.alarm !== null) expect(this.alarm).toBeGreaterThan(this.server.now);
    }
    this.server.now = Math.max(this.server.now, end);
  }

  /** The types of what happened, in order. */
  happened(): string[] {
    return this.server.room
      .history('agent', { limit: 500 })
      .items.map(({ event, kind }) => event?.type ?? kind);
  }

  post(who: typeof amos | typeof VISITOR): void {
    if (this.state.closed_at) return;
    this.server.room.post(who, { id: v4(), body: 'Hello', kind: 'text' });
  }

  snooze(milliseconds: number | null): void {
    if (this.state.closed_at) return;
    const snoozedUntil =
      milliseconds === null ? null : new Date(this.server.now + milliseconds).toISOString();
    this.server.room.commands.change(BY, { status: 'snoozed', snoozedUntil });
  }
}

const subject = (change: Partial<Subject> = {}): Subject => ({
  state: initialState(FOUNDING),
  changed_at: null,
  retry_at: null,
  session_ends_at: null,
  ...change,
});
const snoozedUntil = (time: number) => ({
  ...initialState(FOUNDING),
  status: 'snoozed' as const,
  shelf: 'snoozed' as const,
  snoozed_until: new Date(time).toISOString(),
});

describe('due', () => {
  const time = fc.option(fc.integer({ min: START, max: START + 90 * 24 * HOUR }));
  const any = fc.record({ snooze: time, changed_at: time, retry_at: time, session_ends_at: time });

  test('C11: the earliest wins, and what is set next lies in the future', () => {
    fc.assert(
      fc.property(any, fc.integer({ min: START, max: START + 90 * 24 * HOUR }), (times, now) => {
        const { snooze, ...rest } = times;
        const its = subject({ ...rest, ...(snooze !== null && { state: snoozedUntil(snooze) }) });
        const all = TIMERS.flatMap((timer) => timer.at(its, null) ?? []);
        const { deeds, next } = due(its, null, now);
        const later = all.filter((at) => at > now);
        expect(next).toBe(later.length > 0 ? Math.min(...later) : null);
        expect(deeds.includes('wake')).toBe(snooze !== null && snooze <= now);
        expect(new Set(deeds).size).toBe(deeds.length);
        // Everything that there is a time for is either done now or set.
        for (const at of all) if (at > now) expect(next).toBeLessThanOrEqual(at);
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test('P8: the end of a session moves no alarm; a snooze, a retry and the watchdog do', () => {
    expect(dueByChange(subject({ session_ends_at: START + 1 }), null)).toBeNull();
    const its = { changed_at: START, retry_at: START + 60_000, session_ends_at: START + 1 };
    expect(dueByChange(subject(its), null)).toBe(START + 60_000);
    expect(dueByChange(subject({ changed_at: START }), null)).toBe(START + WATCHDOG);
    expect(dueByChange(subject({ ...its, state: snoozedUntil(START + 5) }), null)).toBe(START + 5);
  });
});

describe('timers', () => {
  test('P8: changes without a pause set the alarm once', async () => {
    const world = new World();
    for (let n = 0; n < 20; n += 1) {
      world.server.now += 1_000;
      world.post(n % 2 ? amos : VISITOR);
    }
    world.server.room.commands.close(BY, 'resolved');
    expect(world.rows).toBe(1);
    await world.pass(24 * HOUR);
    expect(world.rows).toBe(1);
    expect(world.drained).toEqual([START + 1_000 + WATCHDOG]);
  });

  test('a session that ends later than the watchdog rings is closed at its time', async () => {
    const world = new World();
    world.sessionEndsAt = START + 2 * HOUR;
    world.post(VISITOR);
    await world.pass(HOUR);
    expect([world.alarm, world.rows]).toEqual([START + 2 * HOUR, 2]);
    await world.pass(HOUR);
    expect([world.sessionEndsAt, world.alarm]).toEqual([null, null]);
  });

  test('C11: one that a newer snooze has overtaken changes nothing, and sets the newer one', async () => {
    const world = new World();
    world.snooze(HOUR);
    world.snooze(3 * HOUR);
    await world.pass(2 * HOUR);
    expect(world.state.status).toBe('snoozed');
    await world.pass(HOUR);
    expect(world.happened()).toEqual(['snoozed', 'snoozed', 'woke']);
    expect(world.happened().filter((type) => type === 'woke')).toHaveLength(1);
  });

  const policy = (change: Partial<AutoClosePolicy> = {}, version = 1): Policy => ({
    version,
    auto_close: {
      hours: 24,
      departments: {},
      message: null,
      sender: 'Acme',
      reopens: true,
      ...change,
    },
  });

  describe('auto-close', () => {
    test('C12: closes what its visitor left unanswered, after the hours that are set, by Foyer', async () => {
      const world = new World();
      world.policy = policy({ hours: 5, message: 'We close this now.' }, 7);
      world.post(VISITOR);
      world.post(amos);
      await world.pass(5 * HOUR - 1);
      expect(world.state.status).toBe('active');
      await world.pass(1);
      expect(world.state).toMatchObject({
        status: 'closed',
        closed_reason: 'inactive',
        closed_by: { kind: 'system', cause: 'inactivity', id: 'policy-7' },
        reopens: true,
        policy_version: 7,
        // It is no answer.
        last_sender: 'agent',
        message_count: 3,
      });
      const [message, event] = world.server.room.history('agent', { limit: 100 }).items.slice(-2);
      const by = { kind: 'system', cause: 'inactivity', id: 'policy-7' };
      expect(message).toMatchObject({ kind: 'text', body: 'We close this now.', by });
      expect(message?.sender).toEqual({ kind: 'system', id: 'system', name: 'Acme' });
      expect(event?.event).toEqual({
        type: 'closed',
        reason: 'inactive',
        hours: 5,
        reopens: true,
      });
      expect(event?.by).toEqual(by);
    });

    test('C12: never closes what waits for an agent, or is snoozed', async () => {
      const world = new World();
      world.policy = policy({ hours: 1 });
      world.post(VISITOR);
      await world.pass(100 * HOUR);
      expect(world.state.status).toBe('waiting');
      world.post(amos);
      world.post(VISITOR);
      await world.pass(100 * HOUR);
      expect(world.state.status).toBe('active');
      world.post(amos);
      world.snooze(null);
      await world.pass(100 * HOUR);
      expect(world.state.status).toBe('snoozed');
    });

    test('C12: the time begins again as it comes back from snoozing, is reopened or moved', async () => {
      const world = new World();
      world.policy = policy({ hours: 5 });
      world.post(amos);
      world.snooze(50 * HOUR);
      await world.pass(54 * HOUR);
      expect(world.state.status).toBe('active');
      const department = { id: 'billing', name: 'Billing' };
      world.server.room.commands.change(BY, { department });
      await world.pass(4 * HOUR);
      expect(world.state.status).toBe('active');
      await world.pass(HOUR);
      expect(world.state.status).toBe('closed');
      await world.pass(100 * HOUR);
      world.server.room.commands.change(BY, { status: 'active' });
      await world.pass(4 * HOUR);
      expect(world.state.status).toBe('active');
      await world.pass(HOUR);
      expect(world.state.status).toBe('closed');
    });

    test('C12: a department has a time of its own, or none', async () => {
      for (const [departments, hours] of [
        [{ sales: 2, billing: 1 }, 2],
        [{ sales: 0 }, null],
        [{ billing: 1 }, 24],
      ] as const) {
        const world = new World();
        world.policy = policy({ departments });
        world.post(amos);
        await world.pass((hours ?? 500) * HOUR - 1);
        expect(world.state.status).toBe('active');
        await world.pass(1);
        expect(world.state.status).toBe(hours === null ? 'active' : 'closed');
      }
    });

    test('C12: a word that comes while the alarm rings has its number, and nothing closes after it', async () => {
      const world = new World();
      world.policy = policy({ hours: 1 });
      world.post(amos);
      world.evict();
      world.askPolicy = async () => {
        world.post(VISITOR);
        return world.policy;
      };
      await world.pass(100 * HOUR);
      expect(world.happened()).toEqual(['joined', 'text', 'text']);
    });

    test('the policy is asked for before it closes: what has become longer waits, what is off stays', async () => {
      const world = new World();
      world.policy = policy({ hours: 5 });
      world.post(amos);
      await world.pass(2 * HOUR);
      world.policy = policy({ hours: 9 }, 2);
      await world.pass(4 * HOUR);
      expect([world.state.status, world.alarm]).toEqual(['active', START + 9 * HOUR]);
      world.policy = { version: 3, auto_close: null };
      await world.pass(50 * HOUR);
      expect([world.state.status, world.alarm]).toEqual(['active', null]);
    });

    test('switched on, it reaches what sleeps; and it does not act where nobody says the policy', async () => {
      const world = new World();
      world.post(amos);
      await world.pass(50 * HOUR);
      world.evict();
      expect(world.alarm).toBeNull();
      world.policy = policy({ hours: 24 });
      world.timers.learn(world.policy);
      expect(world.alarm).toBe(START + 24 * HOUR);
      world.askPolicy = async () => {
        throw new Error('The organization is away.');
      };
      await world.pass(HOUR);
      expect(world.state.status).toBe('active');
      world.askPolicy = async () => world.policy;
      await world.pass(HOUR);
      expect(world.state.status).toBe('closed');
    });

    test('C13: what the answer of a ring’s own drain hands out is set for', async () => {
      const world = new World();
      world.timers.learn(NO_POLICY);
      world.post(amos);
      world.drain = () => world.timers.learn(policy({ hours: 3 }));
      await world.pass(HOUR);
      expect(world.alarm).toBe(START + 3 * HOUR);
    });

    test('P15: where it is not used, it sets no alarm', async () => {
      const world = new World();
      world.post(VISITOR);
      world.post(amos);
      await world.pass(1000 * HOUR);
      expect([world.rows, world.alarm]).toEqual([1, null]);
    });
  });

  const step = fc.oneof(
    fc.constantFrom('visitor', 'agent', 'close', 'reopen', 'evict', 'away', 'back', 'ring'),
    fc.record({ hours: fc.option(fc.integer({ min: 1, max: 60 })) }),
    fc.record({ snooze: fc.option(fc.integer({ min: 1, max: 30 * HOUR })) }),
    fc.record({
      pass: fc.integer({ min: 0, max: 40 * HOUR }),
      late: fc.constantFrom(0, 0, 1, HOUR, 100 * HOUR),
    }),
  );

  /** Whether it must be closed by then: as the rule says it, without any timer. */
  function isSilent(world: World, at: number): boolean {
    const { state, policy: set } = world;
    if (!set.auto_close?.hours || state.status !== 'active' || state.last_sender !== 'agent') {
      return false;
    }
    const { items } = world.server.room.history('agent', { limit: 500 });
    const last = items.findLast(
      ({ kind, event }) => kind === 'text' || event?.type === 'woke' || event?.type === 'reopened',
    );
    return Date.parse(last?.sent_at ?? '') + set.auto_close.hours * HOUR <= at;
  }

  test(`C11 C12: nothing is missed, nothing done twice (seed ${SEED})`, async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
        const world = new World();
        for (const one of steps) {
          if (one === 'visitor') world.post(VISITOR);
          else if (one === 'agent') world.post(amos);
          else if (one === 'close') world.server.room.commands.close(BY, 'resolved');
          else if (one === 'reopen') world.server.room.commands.change(BY, { status: 'active' });
          else if (one === 'evict') world.evict();
          else if (one === 'away' || one === 'back') world.isAway = one === 'away';
          else if (one === 'ring') {
            await world.ring();
            const once = world.state;
            await world.ring();
            // Twice does the same.
            expect(world.state).toBe(once);
          } else if ('hours' in one) {
            const version = world.policy.version + 1;
            world.policy =
              one.hours === null
                ? { version, auto_close: null }
                : policy({ hours: one.hours }, version);
            world.timers.learn(world.policy);
          } else if ('snooze' in one) world.snooze(one.snooze);
          else {
            const { snoozed_until } = world.state;
            await world.pass(one.pass, one.late);
            const end = world.server.now - one.late;
            // What was due on time is done, however late; what is not due yet is not.
            if (snoozed_until !== null) {
              expect(world.state.status === 'snoozed').toBe(Date.parse(snoozed_until) > end);
            }
            expect(isSilent(world, end)).toBe(false);
          }
          const { status, snoozed_until } = world.state;
          if (status === 'snoozed' && snoozed_until !== null) {
            expect(world.alarm ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(
              Math.max(Date.parse(snoozed_until), world.server.now),
            );
          }
        }
        const { items } = world.server.room.history('agent', { limit: 500 });
        items.forEach(({ event, by, sent_at }, index) => {
          const before = items.slice(0, index);
          if (event?.type === 'woke') {
            expect(before.map((entry) => entry.event?.type)).toContain('snoozed');
          }
          if (event?.type !== 'closed' || event.reason !== 'inactive') return;
          expect(by).toMatchObject({ kind: 'system', cause: 'inactivity' });
          // The last word was an agent's, and so old.
          const word = before.findLast(({ kind }) => kind === 'text');
          expect(word?.sender.kind).toBe('agent');
          const silent = Date.parse(sent_at) - Date.parse(word?.sent_at ?? '');
          expect(silent).toBeGreaterThanOrEqual((event.hours ?? 0) * HOUR);
        });
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });
});
