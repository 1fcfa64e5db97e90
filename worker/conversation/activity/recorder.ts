import { actorOf } from '../../../protocol/conversation/message.ts';
import type { ActivityRow } from '../../activity/row.ts';
import { activityRow } from '../../activity/row.ts';
import { idOfEntry } from '../../kernel/ids.ts';
import type { Policy } from '../../organization/policy.ts';
import type { Log } from '../log/log.ts';
import type { Founding } from '../state/state.ts';
import { activityOf } from './activity-of.ts';

/** Entries that are looked at for one write; the next write has the next ones. */
const AT_ONCE = 200;

/** Activities that are to be written, and the entry up to which they reach. */
export type Due = { rows: ActivityRow[]; upTo: number };

type Deps = {
  log: Pick<Log, 'events' | 'lastBefore'>;
  founding: () => Founding;
  /** What a department is called now; null for one that is gone. */
  departmentName: (id: string) => Promise<string | null>;
};

/**
 * Knows which entries of a conversation are not in the activity log yet, and what they are there. They
 * are written with the conversation's row.
 *
 *   off ──the policy records──► recording from its time on ──the policy does not──► off
 *
 * Invariants:
 * 1. While recording, `recordedSeq` never passes an entry that was not written: what fails is due again,
 *    after a crash, too, since the state keeps it with each entry.
 * 2. An entry that is written twice is one activity: its id follows from the conversation and its number.
 * 3. While off there is nothing due, nothing is read, and the state holds nothing of it (P15).
 */
export class Recorder {
  readonly #deps: Deps;
  #recordedSeq: number | undefined;
  #since: string | undefined;

  /** @param recordedSeq what the state kept; undefined: it was off, or nothing is known */
  constructor(deps: Deps, recordedSeq: number | undefined) {
    this.#deps = deps;
    this.#recordedSeq = recordedSeq;
  }

  /** The entry up to which all was written; undefined while off. */
  get recordedSeq(): number | undefined {
    return this.#recordedSeq;
  }

  /** @returns whether recording began with it, so that entries may be due that were told already */
  learn({ activity_since: since }: Policy): boolean {
    const wasOff = this.#recordedSeq === undefined;
    if (since === undefined) this.#recordedSeq = undefined;
    else if (since !== this.#since || wasOff) {
      this.#recordedSeq = Math.max(this.#recordedSeq ?? 0, this.#deps.log.lastBefore(since));
    }
    this.#since = since;
    return wasOff && since !== undefined;
  }

  /** Whether something was done since, of the entries up to this one. */
  hasDue(lastSeq: number): boolean {
    const from = this.#recordedSeq;
    return from !== undefined && from < lastSeq && this.#deps.log.events(from, 1).length > 0;
  }

  /** What is to be written with the row of a state that has so many entries; null while off. */
  async due(lastSeq: number): Promise<Due | null> {
    const from = this.#recordedSeq;
    if (from === undefined) return null;
    if (from >= lastSeq) return { rows: [], upTo: lastSeq };
    const entries = this.#deps.log.events(from, AT_ONCE);
    const rows: ActivityRow[] = [];
    for (const entry of entries) {
      const row = await this.#rowOf(entry);
      if (row) rows.push(row);
    }
    return {
      rows,
      upTo: entries.length < AT_ONCE ? lastSeq : (entries.at(-1)?.message.seq ?? lastSeq),
    };
  }

  /** It was written up to this entry. */
  done({ upTo }: Due): void {
    if (this.#recordedSeq !== undefined) this.#recordedSeq = Math.max(this.#recordedSeq, upTo);
  }

  /** A department that cannot be looked up is called by its id, so that nobody waits for its name. */
  #nameOf(departmentId: string): Promise<string | null> {
    return this.#deps.departmentName(departmentId).catch(() => departmentId);
  }

  async #rowOf(entry: ReturnType<Deps['log']['events']>[number]): Promise<ActivityRow | null> {
    const activity = activityOf(entry);
    if (!activity) return null;
    const { organization_id, id } = this.#deps.founding();
    const { message } = entry;
    if (activity.kind === 'conversation.moved' && typeof activity.before?.department === 'string') {
      activity.before.department = await this.#nameOf(activity.before.department);
    }
    const by = { organization_id, actor: actorOf(message) };
    const row = activityRow(by, { ...activity, subject: { id } });
    return { ...row, id: await idOfEntry(new Date(message.sent_at), id, message.seq) };
  }
}
