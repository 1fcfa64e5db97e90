import { z } from 'zod';
import { type LiveKind, liveKinds } from '../../protocol/resources/live.ts';

const KEY = 'changes';

const stored = z.partialRecord(z.enum(liveKinds), z.object({ version: z.int(), at: z.number() }));
type Stored = z.infer<typeof stored>;

export type VersionsDeps = {
  kv: { get(key: string): unknown; put(key: string, value: unknown): void };
  /** Milliseconds since 1970. */
  now: () => number;
};

/**
 * Numbers the changes of what dashboards keep (protocol/resources/live.ts), each kind by itself.
 *
 * Invariants, on which every dashboard relies (admin/live/cache.ts):
 * 1. A change gets its number after its write, and its records are read after it has the number. So the
 *    records of number `n` contain every write with a number up to `n`, in whatever order they arrive.
 * 2. Numbers of one kind have no gap. A number that never arrives was a change that could not be told,
 *    and the next one shows that it is missing.
 * 3. Numbers outlive the object's sleep: one row, written with each change of a setting, and none for a
 *    conversation.
 */
export class ChangeVersions {
  readonly #deps: VersionsDeps;
  #stored: Stored | undefined;

  constructor(deps: VersionsDeps) {
    this.#deps = deps;
  }

  /** The number of a change that was just written. */
  next(kind: LiveKind): number {
    const all = this.#all();
    const version = (all[kind]?.version ?? 0) + 1;
    this.#stored = { ...all, [kind]: { version, at: this.#deps.now() } };
    this.#deps.kv.put(KEY, this.#stored);
    return version;
  }

  /** The last number of each kind that ever changed, and how many milliseconds ago it was given. */
  current(): Partial<Record<LiveKind, { version: number; age: number }>> {
    const now = this.#deps.now();
    return Object.fromEntries(
      Object.entries(this.#all()).map(([kind, { version, at }]) => [
        kind,
        { version, age: Math.max(0, now - at) },
      ]),
    );
  }

  #all(): Stored {
    this.#stored ??= stored.safeParse(this.#deps.kv.get(KEY)).data ?? {};
    return this.#stored;
  }
}
