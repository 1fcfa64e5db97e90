import { env } from 'node:process';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BY, FOUNDING, VISITOR } from '../../test/server.ts';
import { amos, HOUR, policy, START, World } from '../../test/timed-conversation.ts';
import { initialState } from '../state/state.ts';
import { due, dueByChange, TIMERS } from './due.ts';
import type { Subject } from './timer.ts';
import { WATCHDOG } from './watchdog.ts';

/** The timers of one conversation (worker/test/timed-conversation.ts). `FOYER_SEED=…` repeats a run. */
const SEED = Number(env.FOYER_SEED ?? Date.now() % 2 ** 31);
const RUNS = 300;

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
        const conversation = subject({
          ...rest,
          ...(snooze !== null && { state: snoozedUntil(snooze) }),
        });
        const all = TIMERS.flatMap((timer) => timer.at(conversation, null) ?? []);
        const { deeds, next } = due(conversation, null, now);
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
    const times = { changed_at: START, retry_at: START + 60_000, session_ends_at: START + 1 };
    expect(dueByChange(subject(times), null)).toBe(START + 60_000);
    expect(dueByChange(subject({ changed_at: START }), null)).toBe(START + WATCHDOG);
    expect(dueByChange(subject({ ...times, state: snoozedUntil(START + 5) }), null)).toBe(
      START + 5,
    );
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

  test('C11: the alarm of an earlier snooze changes nothing, and is set for the later one', async () => {
    const world = new World();
    world.snooze(HOUR);
    world.snooze(3 * HOUR);
    await world.pass(2 * HOUR);
    expect(world.state.status).toBe('snoozed');
    await world.pass(HOUR);
    expect(world.happened()).toEqual(['snoozed', 'snoozed', 'woke']);
    expect(world.happened().filter((type) => type === 'woke')).toHaveLength(1);
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
        for (const step of steps) {
          if (step === 'visitor') world.post(VISITOR);
          else if (step === 'agent') world.post(amos);
          else if (step === 'close') world.server.room.commands.close(BY, 'resolved');
          else if (step === 'reopen') world.server.room.commands.change(BY, { status: 'active' });
          else if (step === 'evict') world.evict();
          else if (step === 'away' || step === 'back') world.isAway = step === 'away';
          else if (step === 'ring') {
            await world.ring();
            const once = world.state;
            await world.ring();
            // Twice does the same.
            expect(world.state).toBe(once);
          } else if ('hours' in step) {
            const version = world.policy.version + 1;
            world.policy =
              step.hours === null
                ? { version, auto_close: null }
                : policy({ hours: step.hours }, version);
            world.timers.learn(world.policy);
          } else if ('snooze' in step) world.snooze(step.snooze);
          else {
            const { snoozed_until } = world.state;
            await world.pass(step.pass, step.late);
            const end = world.server.now - step.late;
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
