import { createContext, useContext } from 'solid-js';
import type { SavedView } from '../../../protocol/resources/saved-view.ts';
import type { Directory } from '../../live/directory.ts';
import type { Selection } from './bulk/selection.ts';
import type { Flow } from './flow/flow.ts';
import type { Inbox } from './store.ts';

export type InboxContextValue = {
  inbox: Inbox;
  directory: Directory;
  selection: Selection;
  flow: Flow;
  /** The saved view that the list shows, or null. */
  view(): SavedView | null;
  /** The URL of the list, or of a conversation in it, with the current filters. */
  path(conversationId?: string): string;
};

export const InboxContext = createContext<InboxContextValue>();

/** The inbox context. Only available under `InboxPage`. */
export function useInbox(): InboxContextValue {
  const value = useContext(InboxContext);
  if (!value) throw new Error('There is no inbox here.');
  return value;
}
