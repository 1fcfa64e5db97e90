import { z } from 'zod';

/**
 * Has the conversations that somebody has look who that is: after they were removed, left, or took
 * another name. What is closed looks by itself when it opens again (worker/conversation/object.ts).
 *
 * How far it is stands in a row of its own, so that it goes on after a failure, however many
 * conversations there are. Each may be asked twice; that changes nothing.
 */

/** Conversations that are asked in one go: a call of an object may make a thousand calls itself. */
const A_GO = 200;

/**
 * Conversations that are asked at the same time. A Worker has six connections open at once
 * (developers.cloudflare.com/workers/platform/limits/#simultaneous-open-connections).
 */
const AT_ONCE = 6;

const PREFIX = 'reassess:';

/** Milliseconds before a step that failed is tried again, doubled up to the last, so many times. */
const FIRST_RETRY = 1_000;
const LAST_RETRY = 10 * 60_000;
const TRIES = 12;

const progress = z.object({
  organization: z.string(),
  /** Counts how often it was begun, so that a step knows whether it was begun again meanwhile. */
  run: z.number(),
  /** The id of the last conversation that was asked; null before the first. */
  after: z.string().nullable(),
  /** Steps that failed one after the other. */
  failures: z.number(),
});
type Progress = z.infer<typeof progress>;

type Deps = {
  kv: SyncKvStorage;
  /** The ids of what somebody has and is not closed, in order, behind one. */
  list(
    of: { organization: string; user: string },
    page: { after: string | null; limit: number },
  ): Promise<string[]>;
  ask(organization: string, conversationId: string): Promise<void>;
  report(failed: { organization: string; user: string; count: number; error: unknown }): void;
};

export class Reassessment {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** Begins for a member, from the start where it is under way. */
  begin(organization: string, user: string): void {
    const run = (this.#read(user)?.run ?? 0) + 1;
    this.#write(user, { organization, run, after: null, failures: 0 });
  }

  /**
   * Takes the next step for everybody for whom it is under way.
   *
   * @returns milliseconds until it must be called again; null when all is done
   */
  async step(): Promise<number | null> {
    const users = [...this.#deps.kv.list({ prefix: PREFIX })].map(([key]) =>
      key.slice(PREFIX.length),
    );
    const waits: number[] = [];
    for (const user of users) {
      const wait = await this.#stepOf(user);
      if (wait !== null) waits.push(wait);
    }
    return waits.length > 0 ? Math.min(...waits) : null;
  }

  async #stepOf(user: string): Promise<number | null> {
    const before = this.#read(user);
    if (!before) return null;
    const { organization, after, failures } = before;
    let ids: string[] = [];
    let errors: unknown[] = [];
    try {
      ids = await this.#deps.list({ organization, user }, { after, limit: A_GO });
      errors = await each(ids, (id) => this.#deps.ask(organization, id));
    } catch (error) {
      errors = [error];
    }
    if (errors.length > 0) {
      this.#deps.report({ organization, user, count: errors.length, error: errors[0] });
    }
    const now = this.#read(user);
    if (!now) return null;
    if (now.run !== before.run || now.after !== after) return 0;
    if (errors.length > 0 && failures + 1 < TRIES) {
      this.#write(user, { ...now, failures: failures + 1 });
      return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures);
    }
    const last = ids.at(-1);
    if (ids.length < A_GO || last === undefined) {
      this.#deps.kv.delete(`${PREFIX}${user}`);
      return null;
    }
    this.#write(user, { ...now, after: last, failures: 0 });
    return 0;
  }

  #read(user: string): Progress | null {
    return progress.safeParse(this.#deps.kv.get(`${PREFIX}${user}`)).data ?? null;
  }

  #write(user: string, value: Progress): void {
    this.#deps.kv.put(`${PREFIX}${user}`, value);
  }
}

/** Calls `work` for each, a few at a time; answers what failed. */
export async function each(ids: readonly string[], work: (id: string) => Promise<void>) {
  const errors: unknown[] = [];
  const left = [...ids];
  const next = async () => {
    for (let id = left.shift(); id !== undefined; id = left.shift()) {
      await work(id).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
  return errors;
}
