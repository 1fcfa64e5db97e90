import { v4 } from 'uuid';
import { expect } from 'vitest';
import { Timers } from '../conversation/timers/timers.ts';
import { type AutoClosePolicy, NO_POLICY, type Policy } from '../organization/policy.ts';
import { agentNamed, BY, FOUNDING, Server, type VISITOR } from './server.ts';

/**
 * The timers of one conversation, with the real room and an alarm as the platform has it: it rings
 * at its time or later, perhaps twice, and outlives the object.
 */
export const HOUR = 60 * 60_000;
export const START = Date.parse(FOUNDING.created_at);

export const amos = agentNamed('Amos');

/** A policy that closes conversations, after 24 hours where nothing else is said. */
export const policy = (change: Partial<AutoClosePolicy> = {}, version = 1): Policy => ({
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

/** A conversation with its timers and its alarm. */
export class World {
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
