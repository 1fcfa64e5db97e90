import { createContext, createEffect, on, onCleanup, useContext } from 'solid-js';
import type { SettingsChanged } from '../../protocol/frames/organization-socket.ts';
import { nameWithHint } from '../features/inbox/names.ts';
import { createInbox } from '../features/inbox/store.ts';
import type { Session } from '../features/session/session.ts';
import { announce } from '../lib/announce.ts';
import { createDirectory } from './directory.ts';

/**
 * The live data of all pages: one socket while the agent is signed in. On any page they count as
 * present and get notifications.
 */
export function createLive({ me, renew, notifications }: Session) {
  const directory = createDirectory(me);
  const listeners = new Set<(what: SettingsChanged['what'] | 'everything') => void>();
  const inbox = createInbox(me, {
    onSettingsChanged(what) {
      directory.reload(what);
      for (const listener of listeners) listener(what);
    },
    onConversation: notifications.onConversation,
  });

  void directory.load();
  let openings = 0;
  createEffect(() => {
    if (inbox.connection().state !== 'open') return;
    void directory.load();
    if (openings++ === 0) return;
    // The socket may have been closed because this agent's permissions changed.
    void renew();
    for (const listener of listeners) listener('everything');
  });
  createEffect(on(() => JSON.stringify(me.departments), inbox.applyVisibility, { defer: true }));
  createEffect(() => {
    const conversation = inbox.newConversation();
    if (!conversation) return;
    const department = directory.departmentName(conversation.department_id);
    announce(
      `New conversation from ${nameWithHint(conversation.customer)}${department ? ` in ${department}` : ''}`,
    );
  });

  return {
    inbox,
    directory,
    /** Calls `listener` with the changed part of the settings, until the owner is disposed. */
    onSettings(listener: (what: SettingsChanged['what'] | 'everything') => void): void {
      listeners.add(listener);
      onCleanup(() => listeners.delete(listener));
    },
  };
}

export type Live = ReturnType<typeof createLive>;

export const LiveContext = createContext<Live>();

/** The live data. Only available under `SignedIn`. */
export function useLive(): Live {
  const live = useContext(LiveContext);
  if (!live) throw new Error('Nobody is signed in here.');
  return live;
}
