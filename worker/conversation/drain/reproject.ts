import type { SearchIndex } from '../../features/search/index-store.ts';
import type { Log } from '../log/log.ts';
import type { Projection } from '../projection/store.ts';
import type { Founding, State } from '../state/state.ts';
import { conversationTextOf } from './search-document.ts';

/** What became of a conversation's row and document, and the conversation before it. */
export type Reprojected = {
  /** `unknown`: nobody created this object. The others as `Projection.rewrite` says. */
  row: 'right' | 'written' | 'restored' | 'set_aside' | 'unknown';
  /** Whether the search's document was written. */
  document: boolean;
  previous_conversation_id: string | null;
};

/**
 * Writes again what the database has of a conversation (P7): its row, labels and mentions, its
 * customer where they are gone, and the document of the search. What is right is read and not
 * written. Adds no entry, tells no agent, and may run twice, late, and beside the projection: every
 * write is guarded by the version.
 *
 * @param room what the object knows of its conversation; null where nobody created it
 * @throws what the database fails with while it is away
 */
export async function reproject(
  room: { founding: Founding; storedState: State } | null,
  log: Log,
  { projection, searchIndex }: { projection: Projection; searchIndex: SearchIndex },
): Promise<Reprojected> {
  if (!room) return { row: 'unknown', document: false, previous_conversation_id: null };
  const { founding, storedState } = room;
  const row = await projection.rewrite(founding, storedState);
  const document =
    row !== 'set_aside' && (await searchIndex.rewrite(founding, () => conversationTextOf(log)));
  return { row, document, previous_conversation_id: founding.previous_conversation_id };
}
