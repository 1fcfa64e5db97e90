import { createContext, useContext } from 'solid-js';
import type { Notifications } from '../notifications/notifications.ts';
import type { Me } from './api.ts';

export type Session = {
  /** Reading from it follows what `adopt` takes. */
  readonly me: Me;
  /** Takes what the server now says of the agent. */
  adopt(me: Me): void;
  /** Asks the server anew what this agent may do and see. */
  renew(): Promise<void>;
  notifications: Notifications;
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
