import type { Policy } from '../../organization/policy.ts';
import type { State } from '../state.ts';
import { due, dueByChange } from './due.ts';
import type { Deed, Subject } from './timer.ts';

type Deps = {
  /** Milliseconds since 1970. */
  now: () => number;
  state: () => State;
  /** When the next session of an open socket ends; looks at every socket. */
  sessionEndsAt: () => number | null;
  /** Has the object's alarm ring then, unless it rings before. */
  ringAt: (time: number) => void;
  /** What each deed is; awaited by the alarm. */
  deeds: Record<Deed, () => Promise<unknown> | undefined>;
};

/** Sets the alarm for a conversation's timers, and has them act when it rings. Knows nothing of Workers. */
export class Timers {
  readonly #deps: Deps;
  readonly #policy: Policy | null = null;
  /** In memory alone: an object that wakes looks after everything when its alarm rings. */
  #changedAt: number | null = null;
  #retryAt: number | null = null;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Something changed. */
  changed(): void {
    this.#changedAt ??= this.#deps.now();
    this.#setByChange();
  }

  /** Something failed, and is to be tried again in so many milliseconds. */
  retryIn(milliseconds: number): void {
    const at = this.#deps.now() + milliseconds;
    this.#retryAt = Math.min(this.#retryAt ?? at, at);
    this.#setByChange();
  }

  /** The alarm rang. It is not set any more. */
  async ring(): Promise<void> {
    const now = this.#deps.now();
    const { deeds } = due(this.#subject(), this.#policy, now);
    this.#changedAt = null;
    this.#retryAt = null;
    const work = deeds.map((deed) => this.#deps.deeds[deed]());
    // In the same turn as what was done: both are kept, or neither.
    const { next } = due(this.#subject(), this.#policy, now);
    if (next !== null) this.#deps.ringAt(next);
    await Promise.all(work);
  }

  #setByChange(): void {
    const at = dueByChange({ ...this.#own(), session_ends_at: null }, this.#policy);
    if (at !== null) this.#deps.ringAt(at);
  }

  #subject(): Subject {
    return { ...this.#own(), session_ends_at: this.#deps.sessionEndsAt() };
  }

  #own(): Omit<Subject, 'session_ends_at'> {
    return { state: this.#deps.state(), changed_at: this.#changedAt, retry_at: this.#retryAt };
  }
}
