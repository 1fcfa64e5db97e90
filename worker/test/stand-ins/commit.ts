import type { Due, Outcome, Snapshot } from '../../conversation/drain/projector.ts';
import type { State } from '../../conversation/state/state.ts';

async function succeeds(work: () => Promise<void>): Promise<boolean> {
  try {
    await work();
    return true;
  } catch {
    return false;
  }
}

/**
 * A projector's `commit` from its two parts, each of which may throw without harm to the other.
 *
 * @param publish tells the agents
 * @param write writes the row, from what it is guessed to hold
 */
export function commitBy(
  publish: (snapshot: Snapshot) => Promise<void>,
  write: (snapshot: Snapshot, guess: State) => Promise<void>,
): (snapshot: Snapshot, due: Due) => Promise<Outcome> {
  return async (snapshot, { news, row }) => {
    const [published, written] = await Promise.all([
      news ? succeeds(() => publish(snapshot)) : true,
      row ? succeeds(() => write(snapshot, row.guess)) : true,
    ]);
    return { news: published, row: written, error: new Error('away') };
  };
}
