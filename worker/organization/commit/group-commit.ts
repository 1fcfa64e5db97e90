import { Bucket } from '../../kernel/bucket.ts';
import type { Policy } from '../policy.ts';
import type { News, RowChange, RowOutcome } from './call.ts';
import { type Doubts, type Ending, type FlushDeps, flush } from './flush.ts';
import { GATHER_FOR, HANDED_OVER, type HandedBack } from './handover.ts';
import { type Change, GatheredNews } from './news.ts';
import { CommitQueue } from './queue.ts';
import { recordable } from './recordable.ts';
import { Recovery } from './recovery.ts';
import type { Rows } from './rows.ts';

/** What a failure of the database says, and where it is told. */
export type Failures = Pick<FlushDeps, 'classify'> & {
  /** A change that cannot be written was set aside. */
  setAside: FlushDeps['report'];
  /** A flush failed; `change` is one of it. */
  failed: (change: RowChange, error: unknown) => void;
  /** A flush was answered. */
  worked: (change: RowChange) => void;
};

type Deps = {
  /** Where the rows are written now. */
  rows: () => Rows;
  /** The organization's policy, which says what is recorded. */
  policy: () => Policy;
  /** Sends what changed to the agents. */
  tell: (changes: readonly Change[]) => void;
  /** Has conversations write their rows again. Nobody waits for it. */
  catchUp: (organizationId: string, conversationIds: readonly string[]) => void;
  failures: Failures;
};

/** What an organization's object does with the changes of its conversations: K1 to K15 of docs/spec.md. */
export class GroupCommit {
  readonly #deps: Deps;
  readonly #queue = new CommitQueue(
    (changes, settle) => this.#flush(changes, settle),
    () => this.#news.tell(),
  );
  readonly #news: GatheredNews;
  readonly #doubts: Doubts = new WeakMap();
  /** The last change that the database was away for. */
  #missed: RowChange | undefined;
  readonly #recovery = new Recovery({
    ask: async () => this.#missed && this.#deps.rows().versions([this.#missed]),
    call: (ids) => this.#missed && this.#deps.catchUp(this.#missed.founding.organization_id, ids),
    now: () => Date.now(),
  });
  readonly #handovers = new Bucket(HANDED_OVER, Date.now());
  #gathersUntil = 0;

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#news = new GatheredNews({ isBusy: () => this.#queue.isBusy, tell: deps.tell });
  }

  /** Tells the agents of a change, with the others of a flush that is on its way. */
  tell(news: News): void {
    this.#news.add(news);
  }

  /**
   * Writes a row. Never throws.
   *
   * @param withoutOutcome whether the caller is answered once the row is taken, unless the database is away
   */
  async write(row: RowChange, withoutOutcome = false): Promise<RowOutcome> {
    const change = recordable(row, this.#deps.policy());
    if (!withoutOutcome || this.#recovery.isAway) return this.#writeGathered(change);
    if (!(await this.#handOver(change))) void this.#writeTaken(change);
    return 'taken';
  }

  /** What became of rows that were handed over, where that is not simply `written`. */
  handBack({ missed, restored, isSlow }: HandedBack): void {
    for (const change of missed) this.#miss(change);
    for (const { founding } of restored)
      this.#deps.catchUp(founding.organization_id, [founding.id]);
    if (isSlow) this.#gathersUntil = Date.now() + GATHER_FOR;
  }

  /** With the next flush. */
  async #writeGathered(change: RowChange): Promise<RowOutcome> {
    const outcome = await this.#queue.submit(change);
    if (outcome === 'unavailable') this.#miss(change);
    return outcome;
  }

  /** Likewise, of a conversation that does not wait for it. */
  async #writeTaken(change: RowChange): Promise<void> {
    const outcome = await this.#writeGathered(change);
    // The search may have lost it, too.
    if (outcome === 'restored') {
      const { organization_id, id } = change.founding;
      this.#deps.catchUp(organization_id, [id]);
    }
  }

  /** @returns whether an invocation of the Worker writes the row */
  async #handOver(change: RowChange): Promise<boolean> {
    const { handOver } = this.#deps.rows();
    const now = Date.now();
    if (!handOver || this.#queue.isBusy || now < this.#gathersUntil) return false;
    if (!this.#handovers.take(now)) return false;
    try {
      await handOver([change]);
      return true;
    } catch {
      return false;
    }
  }

  #miss(change: RowChange): void {
    this.#missed = change;
    this.#recovery.missed([change.founding.id]);
  }

  /** Writes the changes that were gathered, and logs what the database fails with. */
  async #flush(
    changes: readonly RowChange[],
    settle: (change: RowChange, outcome: RowOutcome) => void,
  ): Promise<Ending> {
    const { classify, setAside, failed, worked } = this.#deps.failures;
    const deps = { rows: this.#deps.rows(), doubts: this.#doubts, classify, report: setAside };
    const { ending, error } = await flush(changes, deps, settle).catch((error: unknown) => ({
      ending: 'outage' as const,
      error,
    }));
    const [first] = changes;
    if (!first) return ending;
    if (ending === 'done' || ending === 'full') {
      worked(first);
      this.#recovery.answered();
    } else failed(first, error);
    return ending;
  }
}
