import { createContext, useContext } from 'solid-js';
import type { AgentSession } from '../../../protocol/resources/team.ts';
import type { Loaded } from '../../lib/loaded.ts';

/** Where one is signed in: several parts of the profile end sessions. */
export const SessionsContext = createContext<Loaded<AgentSession[]>>();

/** Only under `ProfilePage`. */
export function useSessions(): Loaded<AgentSession[]> {
  const sessions = useContext(SessionsContext);
  if (!sessions) throw new Error('There is no profile here.');
  return sessions;
}
