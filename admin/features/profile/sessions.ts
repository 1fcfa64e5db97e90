import { createContext, useContext } from 'solid-js';
import type { AgentSession } from '../../../protocol/resources/team.ts';
import type { Cache } from '../../live/cache.ts';

/** The agent's sessions, shared by the sections of the profile that end some. */
export const SessionsContext = createContext<Cache<AgentSession>>();

/** The sessions. Only available under `ProfilePage`. */
export function useSessions(): Cache<AgentSession> {
  const sessions = useContext(SessionsContext);
  if (!sessions) throw new Error('There is no profile here.');
  return sessions;
}
