import { z } from 'zod';
import { type AutoClosePolicy, isStricter, NO_POLICY, type Policy, policy } from './policy.ts';
import { each } from './reassessment.ts';

/**
 * Holds an organization's policy, and makes sure that conversations learn about a change.
 *
 * The database says what is set; this says which version that is. Whoever changes a setting calls
 * `expect` before, and `refresh` after: where a crash lies between, the alarm reads the settings. A
 * change by which something is due earlier is told to the open conversations, oldest activity first,
 * some at a time: by the alarm and not by a job, for the reasons of
 * docs/adr/0013-a-policy-reaches-conversations-by-an-alarm.md. How far that is stands in a row of its own, so that it goes on after a failure. One
 * that changes meanwhile moves towards the end of the list, and is told there again, which changes
 * nothing.
 */

/** Milliseconds that a change of the settings may take until the alarm reads them in any case. */
const SETTLED_AFTER = 60_000;

/** Conversations that are told in one go: a call of an object may make a thousand calls itself. */
export const A_GO = 200;

/** Milliseconds before a step that failed is tried again, doubled up to the last, so many times. */
const FIRST_RETRY = 1_000;
const LAST_RETRY = 10 * 60_000;
const TRIES = 12;

const POLICY = 'policy';
const EXPECTED = 'policy:expected';
const TELLING = 'policy:telling';

const expected = z.object({ organization: z.string(), at: z.number(), failures: z.number() });

const telling = z.object({
  organization: z.string(),
  version: z.number(),
  /** The cursor of the last page; null before the first. */
  after: z.string().nullable(),
  /** Steps that failed one after the other. */
  failures: z.number(),
});
type Telling = z.infer<typeof telling>;

/** The settings that conversations need, as they are now. */
export type PolicySettings = {
  /** Null where no conversation closes by itself. */
  auto_close: AutoClosePolicy | null;
  /** Whether the activity log has what is done with conversations. */
  records_conversations: boolean;
};

type Deps = {
  kv: Pick<SyncKvStorage, 'get' | 'put' | 'delete'>;
  /** What the database says. */
  read: (organization: string) => Promise<PolicySettings>;
  /** A page of the open conversations that an agent has answered, and where the next begins. */
  list: (
    organization: string,
    page: { after: string | null; limit: number },
  ) => Promise<{ ids: string[]; next: string | null }>;
  tell: (organization: string, conversationId: string, policy: Policy) => Promise<void>;
  report: (failed: { organization: string; count: number; error: unknown }) => void;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Has `step` called in so many milliseconds at the latest. */
  stepIn: (milliseconds: number) => Promise<void>;
};

export class Policies {
  readonly #deps: Deps;
  #known: Policy | null = null;
  /** The last refresh: one at a time, or what is read first might be kept last. */
  #refreshing: Promise<void> = Promise.resolve();

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /** The policy as it is now. Reads a row once. */
  current(): Policy {
    this.#known ??= policy.safeParse(this.#deps.kv.get(POLICY)).data ?? NO_POLICY;
    return this.#known;
  }

  /** The policy for a conversation that knows this version, or none; undefined where it is no news. */
  since(version: number | undefined): Policy | undefined {
    const current = this.current();
    return current.version === version ? undefined : current;
  }

  /** Somebody is about to change the settings: should they die after it, the alarm reads them. */
  async expect(organization: string): Promise<void> {
    const at = this.#deps.now() + SETTLED_AFTER;
    this.#deps.kv.put(EXPECTED, { organization, at, failures: 0 });
    await this.#deps.stepIn(SETTLED_AFTER);
  }

  /** The settings may have changed: reads them, and begins to tell conversations what is due earlier. */
  refresh(organization: string): Promise<void> {
    const work = this.#refreshing.then(() => this.#refresh(organization));
    this.#refreshing = work.catch(() => {});
    return work;
  }

  async #refresh(organization: string): Promise<void> {
    const { auto_close, records_conversations } = await this.#deps.read(organization);
    const before = this.current();
    const wasRecording = before.activity_since !== undefined;
    if (isSame(auto_close, before.auto_close) && records_conversations === wasRecording) return;
    const since = before.activity_since ?? new Date(this.#deps.now()).toISOString();
    const after: Policy = {
      version: before.version + 1,
      auto_close,
      ...(records_conversations && { activity_since: since }),
    };
    this.#deps.kv.put(POLICY, after);
    this.#known = after;
    if (!isStricter(after, before)) return;
    // From the start, where the last telling is under way.
    this.#write({ organization, version: after.version, after: null, failures: 0 });
    await this.#deps.stepIn(0);
  }

  /**
   * Takes the next step of what is under way.
   *
   * @returns milliseconds until it must be called again; null when all is done
   */
  async step(): Promise<number | null> {
    const waits = [await this.#settle(), await this.#tell()].filter((wait) => wait !== null);
    return waits.length > 0 ? Math.min(...waits) : null;
  }

  async #settle(): Promise<number | null> {
    const before = this.#expected();
    if (!before) return null;
    const left = before.at - this.#deps.now();
    if (left > 0) return left;
    try {
      await this.refresh(before.organization);
    } catch (error) {
      this.#deps.report({ organization: before.organization, count: 1, error });
      const wait = Math.min(LAST_RETRY, FIRST_RETRY * 2 ** before.failures);
      if (this.#expected()?.at !== before.at) return 0;
      const at = this.#deps.now() + wait;
      this.#deps.kv.put(EXPECTED, { ...before, at, failures: before.failures + 1 });
      return wait;
    }
    // Somebody may have begun the next change meanwhile.
    if (this.#expected()?.at !== before.at) return 0;
    this.#deps.kv.delete(EXPECTED);
    return null;
  }

  async #tell(): Promise<number | null> {
    const before = this.#read();
    if (!before) return null;
    const { organization, after, failures } = before;
    const current = this.current();
    let next = after;
    let isListed = false;
    let errors: unknown[] = [];
    try {
      const page = await this.#deps.list(organization, { after, limit: A_GO });
      next = page.next;
      isListed = true;
      errors = await each(page.ids, (id) => this.#deps.tell(organization, id, current));
    } catch (error) {
      errors = [error];
    }
    const now = this.#read();
    if (!now) return null;
    // Another step was quicker, or it was begun again.
    if (now.version !== before.version || now.after !== after) return 0;
    if (errors.length > 0) {
      this.#deps.report({ organization, count: errors.length, error: errors[0] });
      // What cannot be told is left behind in the end; a list is waited for.
      if (!isListed || failures + 1 < TRIES) {
        this.#write({ ...now, failures: failures + 1 });
        return Math.min(LAST_RETRY, FIRST_RETRY * 2 ** failures);
      }
    }
    if (next === null) {
      this.#deps.kv.delete(TELLING);
      return null;
    }
    this.#write({ ...now, after: next, failures: 0 });
    return 0;
  }

  #expected() {
    return expected.safeParse(this.#deps.kv.get(EXPECTED)).data ?? null;
  }

  #read(): Telling | null {
    return telling.safeParse(this.#deps.kv.get(TELLING)).data ?? null;
  }

  #write(value: Telling): void {
    this.#deps.kv.put(TELLING, value);
  }
}

function isSame(left: AutoClosePolicy | null, right: AutoClosePolicy | null): boolean {
  const text = (value: AutoClosePolicy | null) =>
    value &&
    JSON.stringify([
      value.hours,
      Object.entries(value.departments).sort(([a], [b]) => (a < b ? -1 : 1)),
      value.message,
      value.sender,
      value.reopens,
    ]);
  return text(left) === text(right);
}
