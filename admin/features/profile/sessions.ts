import { createContext, useContext } from 'solid-js';
import type { AgentSession } from '../../../protocol/resources/team.ts';
import type { Loaded } from '../../lib/loaded.ts';

/** The agent's sessions, shared by the sections of the profile that end some. */
export const SessionsContext = createContext<Loaded<AgentSession[]>>();

/** The sessions. Only available under `ProfilePage`. */
export function useSessions(): Loaded<AgentSession[]> {
  const sessions = useContext(SessionsContext);
  if (!sessions) throw new Error('There is no profile here.');
  return sessions;
}
