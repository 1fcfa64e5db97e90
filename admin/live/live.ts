import { createContext, createEffect, on, onCleanup, useContext } from 'solid-js';
import type { LiveKind } from '../../protocol/resources/live.ts';
import { nameWithHint } from '../features/inbox/names.ts';
import { createInbox } from '../features/inbox/store.ts';
import type { Session } from '../features/session/session.ts';
import { announce } from '../lib/announce.ts';
import { t } from '../texts/common.ts';
import { createDirectory } from './directory.ts';
import { createLists } from './lists.ts';

/**
 * The live data of all pages: one socket and one copy of each list while the agent is signed in. On any
 * page they count as present and get notifications.
 */
export function createLive({ me, renew, notifications }: Session) {
  const lists = createLists();
  const directory = createDirectory(me, lists);
  const listeners = new Set<(what: LiveKind | 'everything') => void>();
  const inbox = createInbox(me, {
    onSettings(frame) {
      lists.receive(frame);
      for (const listener of listeners) listener(frame.what);
    },
    onVersions: lists.welcome,
    onConversation: notifications.onConversation,
  });

  let openings = 0;
  createEffect(() => {
    const isOpen = inbox.connection().state === 'open';
    lists.connected(isOpen);
    if (!isOpen) return;
    if (openings++ === 0) return;
    // The socket may have been closed because this agent's permissions changed.
    void renew();
    for (const listener of listeners) listener('everything');
  });
  createEffect(on(() => me.role, lists.loadSoon, { defer: true }));
  createEffect(on(() => JSON.stringify(me.departments), inbox.applyVisibility, { defer: true }));
  createEffect(() => {
    const conversation = inbox.newConversation();
    if (!conversation) return;
    const department = directory.departmentName(conversation.department_id);
    const customer = nameWithHint(conversation.customer);
    announce(department ? t.newConversationIn(customer, department) : t.newConversation(customer));
  });

  return {
    inbox,
    directory,
    lists,
    /**
     * Calls `listener` with the changed part of the settings, until the owner is disposed. For what no
     * list holds, such as the first steps.
     */
    onSettings(listener: (what: LiveKind | 'everything') => void): void {
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
