import { utf8Length } from '../../kernel/utf8.ts';
import type { RowChange, RowOutcome } from './call.ts';
import { type Ending, MOST_STATEMENTS } from './flush.ts';

/**
 * The changes that wait for the database, and who waits for them.
 *
 *   idle ──submit──► flushing ──done──► idle, or flushing again where something waits
 *                       ├──full──► flushing, with what was left first
 *                       ├──outage──► as done: those of the flush are told, and their alarms try again
 *                       └──overloaded──► pausing ──the pause is over──► flushing
 *
 * Invariants:
 * 1. One flush at a time. A change that comes alone is written at once; what comes meanwhile is in
 *    the next flush. There is no timer but the callers' and the pause's.
 * 2. A flush has at most MOST_STATEMENTS changes and MOST_BYTES; a change that is larger goes alone. What
 *    it had no statements for is in the next one, before the others.
 * 3. Of one conversation only the newest version waits. Earlier callers share its outcome. Where its guess
 *    is the version that it takes the place of, the guess of that one holds.
 * 4. A caller waits CALLER_WAITS at most. A change for which nobody waits any more is dropped: its
 *    conversation comes back with its newest.
 * 5. A flush that does not end within FLUSH_WITHIN counts as an outage, so that one that hangs does
 *    not hold up the next. Should it take effect later, the versions make that harmless.
 * 6. Nothing here is stored, and nothing calls a conversation.
 */

/** Bytes of the changes of a flush. */
const MOST_BYTES = 256 * 1024;

/** Milliseconds that a caller waits. */
export const CALLER_WAITS = 10_000;

/** Milliseconds for a flush: as long as D1 takes for a statement (developers.cloudflare.com/d1/platform/limits). */
export const FLUSH_WITHIN = 30_000;

/** Milliseconds of the first pause of an overloaded database, doubled up to the last. */
export const FIRST_PAUSE = 250;
export const LAST_PAUSE = 5_000;

type Caller = { answer: (outcome: RowOutcome) => void; timer: ReturnType<typeof setTimeout> };
type Entry = { change: RowChange; bytes: number; callers: Set<Caller> };

/** Writes the changes; tells each outcome as soon as it is known. */
export type Flush = (
  changes: readonly RowChange[],
  settle: (change: RowChange, outcome: RowOutcome) => void,
) => Promise<Ending>;

export class CommitQueue {
  readonly #flush: Flush;
  readonly #ended: () => void;
  #waiting = new Map<string, Entry>();
  #isFlushing = false;
  #pause: ReturnType<typeof setTimeout> | null = null;
  #overloads = 0;

  /** @param ended is called after each flush, when the next one has begun */
  constructor(flush: Flush, ended: () => void = () => {}) {
    this.#flush = flush;
    this.#ended = ended;
  }

  /** Whether a change would wait for a flush that is on its way, or for a pause. */
  get isBusy(): boolean {
    return this.#isFlushing || this.#pause !== null;
  }

  /** Writes the change with the next flush. Never throws. */
  submit(change: RowChange): Promise<RowOutcome> {
    const { id } = change.founding;
    const waiting = this.#waiting.get(id);
    const entry = waiting ?? { change, bytes: 0, callers: new Set<Caller>() };
    if (!waiting || change.state.version > waiting.change.state.version) {
      entry.change = follows(change, waiting?.change);
      entry.bytes = utf8Length(JSON.stringify(change));
    }
    this.#waiting.set(id, entry);
    const outcome = new Promise<RowOutcome>((answer) => {
      const timer = setTimeout(() => this.#giveUp(entry, caller), CALLER_WAITS);
      const caller: Caller = { answer, timer };
      entry.callers.add(caller);
    });
    this.#start();
    return outcome;
  }

  #giveUp(entry: Entry, caller: Caller): void {
    caller.answer('unavailable');
    entry.callers.delete(caller);
    const { id } = entry.change.founding;
    // A newer version may have taken the caller.
    const waiting = this.#waiting.get(id);
    waiting?.callers.delete(caller);
    if (waiting?.callers.size === 0) this.#waiting.delete(id);
  }

  #start(): void {
    if (this.isBusy || this.#waiting.size === 0) return;
    this.#isFlushing = true;
    void this.#run(this.#take());
  }

  #take(): Map<string, Entry> {
    const taken = new Map<string, Entry>();
    let bytes = 0;
    for (const [id, entry] of this.#waiting) {
      bytes += entry.bytes;
      if (taken.size === MOST_STATEMENTS || (taken.size > 0 && bytes > MOST_BYTES)) break;
      taken.set(id, entry);
    }
    for (const id of taken.keys()) this.#waiting.delete(id);
    return taken;
  }

  async #run(flying: Map<string, Entry>): Promise<void> {
    const settle = (change: RowChange, outcome: RowOutcome) => {
      const { id } = change.founding;
      answer(flying.get(id), outcome);
      flying.delete(id);
    };
    const changes = [...flying.values()].map(({ change }) => change);
    const ending = await endingOf(this.#flush(changes, settle));
    this.#isFlushing = false;
    if (ending === 'overloaded') {
      this.#putBack(flying);
      this.#pauseNow();
    } else {
      this.#overloads = 0;
      if (ending === 'full') this.#putBack(flying);
      else for (const entry of flying.values()) answer(entry, 'unavailable');
      this.#start();
    }
    this.#ended();
  }

  /** What was not written waits again, before the others; a newer version takes its callers. */
  #putBack(flying: Map<string, Entry>): void {
    const waiting = new Map<string, Entry>();
    for (const [id, entry] of flying) {
      const newer = this.#waiting.get(id);
      for (const caller of entry.callers) newer?.callers.add(caller);
      if (!newer && entry.callers.size > 0) waiting.set(id, entry);
    }
    for (const [id, entry] of this.#waiting) waiting.set(id, entry);
    this.#waiting = waiting;
  }

  #pauseNow(): void {
    const milliseconds = Math.min(LAST_PAUSE, FIRST_PAUSE * 2 ** this.#overloads);
    this.#overloads += 1;
    this.#pause = setTimeout(() => {
      this.#pause = null;
      this.#start();
    }, milliseconds);
  }
}

/** The change with the guess of the one before it, where that was taken and never written. */
function follows(change: RowChange, before: RowChange | undefined): RowChange {
  const isNext = before?.state.version === change.guess.version;
  return before && isNext ? { ...change, guess: before.guess } : change;
}

function answer(entry: Entry | undefined, outcome: RowOutcome): void {
  for (const { answer, timer } of entry?.callers ?? []) {
    clearTimeout(timer);
    answer(outcome);
  }
}

/** A flush that fails in an unforeseen way, or hangs, is one whose callers try again. */
async function endingOf(flush: Promise<Ending>): Promise<Ending> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<Ending>((resolve) => {
    timer = setTimeout(() => resolve('outage'), FLUSH_WITHIN);
  });
  try {
    return await Promise.race([flush, late]);
  } catch {
    return 'outage';
  } finally {
    clearTimeout(timer);
  }
}
