import { createContext, useContext } from 'solid-js';
import type { Me } from '../../api/session.ts';
import type { Telling } from '../telling/telling.ts';

export type Session = {
  me: Me;
  telling: Telling;
  /** Ends the session on the server and shows the sign-in page. */
  signOut(): Promise<void>;
};

export const SessionContext = createContext<Session>();

/** The signed-in agent; only under `SignedIn`. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}
