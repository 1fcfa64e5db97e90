import type { Projected } from '../../conversation/projection/store.ts';
import type { RowChange } from './call.ts';

/**
 * The rows of an organization's conversations, as a flush writes them. Each write is guarded by the
 * row's version, so it may take effect twice, late, or not at all.
 */
export interface Rows {
  /**
   * Writes what differs from the guesses, and what was done with the conversations, in one batch.
   *
   * @returns the ids of the rows that were as guessed; of the others nothing was written
   */
  update(changes: readonly RowChange[]): Promise<ReadonlySet<string>>;
  /** The versions of the rows that are there, by id; one read. */
  versions(changes: readonly RowChange[]): Promise<ReadonlyMap<string, number>>;
  /** How many statements `replace` needs for a change. */
  statementsOf(change: RowChange): number;
  /**
   * Writes all columns where the row is older, what belongs beside it, and what was done with the
   * conversations: all of it or nothing.
   */
  replace(changes: readonly RowChange[]): Promise<void>;
  /** One row alone: a row that is gone is written whole, and of one that is refused only the value stays out. */
  alone(change: RowChange): Promise<Projected>;
  /** Has somebody else write them, whom nobody waits for; left out: there is nobody. */
  handOver?: ((changes: readonly RowChange[]) => Promise<void>) | undefined;
}

/** Whether an update may name only what differs: else the whole row is looked at. */
export function differs({ guess, state }: RowChange): boolean {
  const sorting = ({ label_ids, mentions }: RowChange['state']) =>
    JSON.stringify([label_ids, mentions]);
  return guess.version < state.version && sorting(guess) === sorting(state);
}
