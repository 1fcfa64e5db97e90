import type { Policy } from '../../organization/policy.ts';
import type { State } from '../state/state.ts';
import { autoClose, waitsForVisitor } from './auto-close.ts';
import { due, dueByChange } from './due.ts';
import type { Deed, Subject } from './timer.ts';

/** Milliseconds before a failed request for the policy is repeated. */
const RETRY_POLICY_AFTER = 5 * 60_000;

type Deps = {
  /** Milliseconds since 1970. */
  now: () => number;
  state: () => State;
  /** When the next session of an open socket ends; looks at every socket. */
  sessionEndsAt: () => number | null;
  /** Asks the organization's object for its policy. */
  askPolicy: () => Promise<Policy>;
  /** Has the object's alarm ring then, unless it rings before. */
  ringAt: (time: number) => void;
  /** What each deed is; awaited by the alarm. `policy` is the one by which it is due. */
  deeds: Record<Deed, (policy: Policy | null) => Promise<unknown> | undefined>;
};

/** Sets the alarm for a conversation's timers, and has them act when it rings. Knows nothing of Workers. */
export class Timers {
  readonly #deps: Deps;
  /** The newest that came. In memory alone, as the rest: an object that wakes asks again. */
  #policy: Policy | null = null;
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

  /** The newest policy that is known; null before the first. */
  get policy(): Policy | null {
    return this.#policy;
  }

  /**
   * The organization's policy was handed out, or has changed so that something may be due earlier: the
   * alarm is set for it. After a change that is no further row, since the watchdog rings before.
   */
  learn(policy: Policy): void {
    if (policy.version >= (this.#policy?.version ?? 0)) this.#policy = policy;
    const at = autoClose.at(this.#subject(), this.#policy);
    if (at !== null) this.#deps.ringAt(at);
  }

  /** The alarm rang. It is not set any more. */
  async ring(): Promise<void> {
    const isKnown = await this.#fetchPolicy();
    // From here on in one turn: what the visitor wrote meanwhile has its number, and counts.
    const now = this.#deps.now();
    const policy = isKnown ? this.#policy : null;
    const { deeds } = due(this.#subject(), policy, now);
    this.#changedAt = null;
    this.#retryAt = null;
    const work = deeds.map((deed) => this.#deps.deeds[deed](policy));
    const { next } = due(this.#subject(), policy, now);
    if (next !== null) this.#deps.ringAt(next);
    if (!isKnown) this.retryIn(RETRY_POLICY_AFTER);
    await Promise.all(work);
  }

  /**
   * Requests the policy where a timer would act by it now, or might.
   *
   * @returns false where it is needed and the request failed
   */
  async #fetchPolicy(): Promise<boolean> {
    if (!waitsForVisitor(this.#deps.state())) return true;
    const at = this.#policy && autoClose.at(this.#subject(), this.#policy);
    const isLater = this.#policy !== null && (at === null || at > this.#deps.now());
    if (isLater) return true;
    try {
      const policy = await this.#deps.askPolicy();
      // A policy that came with another answer meanwhile may be newer.
      if (policy.version >= (this.#policy?.version ?? 0)) this.#policy = policy;
      return true;
    } catch {
      return false;
    }
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
