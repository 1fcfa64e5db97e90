import { z } from 'zod';
import type { Person, Presence } from './presence.ts';

/**
 * Records when agents come online, go away and leave, so that reports can say how long somebody was online.
 *
 * 1. A change of an agent's status is one row of the activity log, however many tabs and devices they have.
 * 2. An agent who has left is recorded as offline after `GRACE`, with the time at which they left. Whoever is
 *    back before, after a reload or a lost connection, has not left.
 * 3. What has changed is kept, with the row's id, until the database has it. The same row may be written twice,
 *    and is there once.
 * 4. One row of the object holds all of it. It is written when something changes, and never for a heartbeat.
 */

/** Milliseconds after which an agent without a tab counts as offline in the log. */
export const GRACE = 60_000;

/** Milliseconds before a write that failed is tried again, doubled up to the last. */
const FIRST_RETRY = 1_000;
const LAST_RETRY = 10 * 60_000;

/** Changes that wait for a database that is away; the oldest go first. */
const MOST_WAITING = 1_000;

const KEY = 'attendance';

const status = z.enum(['online', 'away', 'offline']);

const change = z.object({
  /** The row's id: a UUID v7 of the time of the change. */
  id: z.string(),
  person: z.object({ id: z.string(), name: z.string() }),
  before: status,
  after: status,
});
export type StatusChange = z.infer<typeof change>;

const state = z.object({
  organization: z.string(),
  /** What was recorded last of whoever is not offline. `left`: when they had no tab any more. */
  people: z.record(
    z.string(),
    z.object({
      name: z.string(),
      status: z.enum(['online', 'away']),
      left: z.number().optional(),
    }),
  ),
  /** In the order of their times. */
  unwritten: z.array(change),
});
type State = z.infer<typeof state>;

type Deps = {
  kv: { get(key: string): unknown; put(key: string, value: unknown): void };
  write: (organization: string, changes: readonly StatusChange[]) => Promise<void>;
  report: (failed: { organization: string; count: number; error: unknown }) => void;
  /** Milliseconds since 1970. */
  now: () => number;
  /** A UUID v7 of a time. */
  idAt: (time: number) => string;
  /** Has `step` called in so many milliseconds at the latest. */
  stepIn: (milliseconds: number) => Promise<void>;
};

export class Attendance {
  readonly #deps: Deps;
  #known: State | undefined;
  #failures = 0;
  #writing: Promise<void> | undefined;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Notes who is there now, and begins to write what has changed.
   *
   * @param organization left out where it is not known: then nothing new is noted before an agent has come
   */
  async note(presence: Presence, organization = this.#state().organization): Promise<void> {
    if (organization === '') return;
    const { isChanged, hasLeft } = this.#compare(presence, organization);
    if (hasLeft) await this.#deps.stepIn(GRACE);
    if (isChanged) await this.#write();
  }

  /**
   * Takes the next step of what is under way.
   *
   * @returns milliseconds until it must be called again; null when all is done
   */
  async step(presence: Presence): Promise<number | null> {
    const { organization } = this.#state();
    if (organization === '') return null;
    this.#compare(presence, organization);
    await this.#write();
    const { people, unwritten } = this.#state();
    const now = this.#deps.now();
    const waits = Object.values(people).flatMap(({ left }) =>
      left === undefined ? [] : [Math.max(0, left + GRACE - now)],
    );
    if (unwritten.length > 0) {
      waits.push(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** Math.max(0, this.#failures - 1)));
    }
    return waits.length > 0 ? Math.min(...waits) : null;
  }

  #compare({ online, away }: Presence, organization: string) {
    const before = this.#state();
    const now = this.#deps.now();
    const people = { ...before.people };
    const changes: StatusChange[] = [];
    let isDirty = false;
    let hasLeft = false;
    const there = new Map<string, Person & { status: 'online' | 'away' }>([
      ...online.map((person) => [person.id, { ...person, status: 'online' as const }] as const),
      ...away.map((person) => [person.id, { ...person, status: 'away' as const }] as const),
    ]);
    for (const { id, name, status } of there.values()) {
      const recorded = people[id];
      if (recorded?.status !== status) {
        changes.push(this.#changeOf({ id, name }, recorded?.status ?? 'offline', status, now));
      }
      // Somebody who is back has not left: else the next time they leave would have the time of this one.
      if (recorded?.status !== status || recorded.left !== undefined) {
        people[id] = { name, status };
        isDirty = true;
      }
    }
    for (const [id, recorded] of Object.entries(people)) {
      if (there.has(id)) continue;
      const { name, status, left } = recorded;
      if (left === undefined) {
        people[id] = { ...recorded, left: now };
        isDirty = true;
        hasLeft = true;
      } else if (now - left >= GRACE) {
        changes.push(this.#changeOf({ id, name }, status, 'offline', left));
        delete people[id];
        isDirty = true;
      }
    }
    if (isDirty) {
      const unwritten = [...before.unwritten, ...changes].slice(-MOST_WAITING);
      this.#keep({ organization, people, unwritten });
    }
    return { isChanged: changes.length > 0, hasLeft };
  }

  #changeOf(
    person: Person,
    before: StatusChange['before'],
    after: StatusChange['after'],
    at: number,
  ): StatusChange {
    return { id: this.#deps.idAt(at), person, before, after };
  }

  /** Writes what waits; one write at a time, and whoever comes meanwhile waits for the next. */
  async #write(): Promise<void> {
    while (this.#writing) await this.#writing;
    const { organization, unwritten } = this.#state();
    if (unwritten.length === 0) return;
    this.#writing = this.#deps
      .write(organization, unwritten)
      .then(
        () => {
          this.#failures = 0;
          const written = new Set(unwritten.map(({ id }) => id));
          const state = this.#state();
          // Not a row of its own: written twice is there once, and the next change keeps it without them.
          this.#known = {
            ...state,
            unwritten: state.unwritten.filter(({ id }) => !written.has(id)),
          };
        },
        async (error: unknown) => {
          this.#failures += 1;
          this.#deps.report({ organization, count: unwritten.length, error });
          await this.#deps.stepIn(Math.min(LAST_RETRY, FIRST_RETRY * 2 ** (this.#failures - 1)));
        },
      )
      .finally(() => {
        this.#writing = undefined;
      });
    await this.#writing;
  }

  #state(): State {
    this.#known ??= state.safeParse(this.#deps.kv.get(KEY)).data ?? {
      organization: '',
      people: {},
      unwritten: [],
    };
    return this.#known;
  }

  #keep(value: State): void {
    this.#deps.kv.put(KEY, value);
    this.#known = value;
  }
}
