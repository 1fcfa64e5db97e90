import { reportFailure } from '../../http/failures.ts';
import { outages } from '../../kernel/log/outages.ts';
import type { Policy } from '../policy.ts';
import type { News, RowChange, RowOutcome } from './call.ts';
import { classify, reportRow } from './failures.ts';
import { type Doubts, type Ending, flush } from './flush.ts';
import { type Change, GatheredNews } from './news.ts';
import { CommitQueue } from './queue.ts';
import { recordable } from './recordable.ts';
import { Recovery } from './recovery.ts';
import type { Rows } from './rows.ts';

type Deps = {
  /** Where the rows are written now. */
  rows: () => Rows;
  /** The organization's policy, which says what is recorded. */
  policy: () => Policy;
  /** Sends what changed to the agents. */
  tell: (changes: readonly Change[]) => void;
  /** Has conversations write their rows again. Nobody waits for it. */
  catchUp: (organizationId: string, conversationIds: readonly string[]) => void;
};

/** What an organization's object does with the changes of its conversations: K1 to K14 of docs/spec.md. */
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

  constructor(deps: Deps) {
    this.#deps = deps;
    this.#news = new GatheredNews({ isBusy: () => this.#queue.isBusy, tell: deps.tell });
  }

  /** Tells the agents of a change, with the others of a flush that is on its way. */
  tell(news: News): void {
    this.#news.add(news);
  }

  /** Writes a row with the next flush. Never throws. */
  async write(row: RowChange): Promise<RowOutcome> {
    const change = recordable(row, this.#deps.policy());
    const outcome = await this.#queue.submit(change);
    if (outcome === 'unavailable') {
      this.#missed = change;
      this.#recovery.missed([change.founding.id]);
    }
    return outcome;
  }

  /** Writes the changes that were gathered, and logs what the database fails with. */
  async #flush(
    changes: readonly RowChange[],
    settle: (change: RowChange, outcome: RowOutcome) => void,
  ): Promise<Ending> {
    const deps = { rows: this.#deps.rows(), doubts: this.#doubts, classify, report: reportRow };
    const { ending, error } = await flush(changes, deps, settle).catch((error: unknown) => ({
      ending: 'outage' as const,
      error,
    }));
    const [first] = changes;
    if (!first) return ending;
    const { organization_id, id } = first.founding;
    if (ending === 'done' || ending === 'full') {
      outages.worked('database', { organization: organization_id });
      this.#recovery.answered();
    } else reportFailure(error, { organization: organization_id, conversation: id });
    return ending;
  }
}
