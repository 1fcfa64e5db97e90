import { createContext, useContext } from 'solid-js';
import type { Notifications } from '../notifications/notifications.ts';
import type { Me } from './api.ts';

export type Session = {
  /** Reactive: follows `adopt`. */
  readonly me: Me;
  /** Sets the agent's data from a response. */
  adopt(me: Me): void;
  /** Reloads what this agent may do and see. */
  renew(): Promise<void>;
  notifications: Notifications;
  /** Ends the session on the server and shows the sign-in page. */
  signOut(): Promise<void>;
};

export const SessionContext = createContext<Session>();

/** The session of the signed-in agent. Only available under `SignedIn`. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}
