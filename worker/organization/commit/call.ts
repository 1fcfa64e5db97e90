import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Placed } from '../../../protocol/conversation/visibility.ts';
import type { ActivityRow } from '../../activity/row.ts';
import type { Projected } from '../../conversation/projection/store.ts';
import type { Founding, State } from '../../conversation/state/state.ts';
import type { Standing, Traffic } from '../../features/quotas/addresses.ts';
import type { Policy } from '../policy.ts';

/**
 * The one call that a conversation makes to its organization's object after a change, and its answer.
 * Versions before and after a deploy call each other for some minutes, so fields are only added.
 */

/** What changed. A part is left out where it was told before. */
export type Commit = {
  /** The conversation. */
  id: string;
  /** For the agents who may see it. */
  news?: News | undefined;
  /** What its visitor's addresses did since the last call. */
  traffic?: Traffic | undefined;
  /** For the database. */
  row?: RowChange | undefined;
  /** Whether the caller goes on without the row's outcome, and may be answered once the row is taken. */
  without_outcome?: boolean | undefined;
  /** The version of the organization's policy that the conversation knows; left out: none. */
  policy_version?: number | undefined;
};

export type News = {
  conversation: ConversationSummary;
  /**
   * Where it was before it was handed on: an agent who saw it there, and may not see it any more, is
   * told that it is gone.
   */
  before?: Placed | undefined;
};

export type RowChange = {
  founding: Founding;
  state: State;
  /** What the row probably holds: where it does, the update names only the columns that differ. */
  guess: State;
  /**
   * What was done with it, for the activity log: everything that the conversation does not know to be
   * there. Left out where nothing is recorded, or nothing was done.
   */
  activity?: readonly ActivityRow[] | undefined;
};

/**
 * What became of a row. `unavailable`: the database did not answer, and the caller tries again later.
 * `taken`: nobody knows yet, and the caller does not wait for it.
 */
export type RowOutcome = Projected | 'unavailable' | 'taken';

/** Decisions about the caller are fields of this answer. */
export type Answer = {
  /** What each of the addresses may do in the conversation. */
  regards: Standing[];
  /** Left out where no row was to be written. */
  row?: RowOutcome | undefined;
  /** The organization's policy, where the conversation knows another version or none. */
  policy?: Policy | undefined;
};
