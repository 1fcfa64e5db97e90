import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { preferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';
import { heldLockNames, holdLock, type Locks } from './locks.ts';
import { newsIn } from './news.ts';

const locks: Locks = 'locks' in navigator ? navigator.locks : null;

/** Held by every visible tab. */
const VISIBLE_LOCK = 'foyer:visible';
/** Held by every visible tab that shows this conversation. */
const viewingLock = (id: string) => `foyer:looking:${id}`;
/** Held by every tab, visible or not, in which this conversation was seen up to a message. */
const saw = (id: string, seq: number | '') => `foyer:saw:${id}:${seq}`;

/**
 * Notifies an agent: with a sound, and with a browser notification while no tab is visible. Only
 * one of several tabs does it.
 *
 * @param open opens a conversation in this tab
 */
export function createNotifications(me: Me, open: (conversationId: string) => void) {
  const [visible, setVisible] = createSignal(document.visibilityState === 'visible');
  const [shown, setShown] = createSignal<string | undefined>();
  let isLeader = false;

  onCleanup(
    holdLock(locks, `foyer:telling:${me.user.id}`, 'exclusive', () => {
      isLeader = true;
    }),
  );
  const onVisibility = () => setVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', onVisibility);
  onCleanup(() => document.removeEventListener('visibilitychange', onVisibility));
  createEffect(() => {
    if (visible()) onCleanup(holdLock(locks, VISIBLE_LOCK, 'shared'));
  });
  createEffect(() => {
    const id = shown();
    if (visible() && id) onCleanup(holdLock(locks, viewingLock(id), 'shared'));
  });

  async function notify(
    what: 'message' | 'mention',
    conversation: ConversationSummary,
  ): Promise<void> {
    const lockNames = await heldLockNames(locks);
    if (lockNames.has(viewingLock(conversation.id)) || (visible() && shown() === conversation.id))
      return;
    // The list learns of a message later than the conversation. By then the tab that showed it can
    // be hidden.
    const before = saw(conversation.id, '');
    for (const name of lockNames)
      if (name.startsWith(before) && Number(name.slice(before.length)) >= conversation.last_seq)
        return;
    if (preferences.sound) void import('./sound.ts').then(({ ring }) => ring());
    if (!preferences.browser_notifications || lockNames.has(VISIBLE_LOCK) || visible()) return;
    const { showNotification } = await import('./notify.ts');
    showNotification(what, conversation, () => open(conversation.id));
  }

  return {
    /** Sets the conversation that this tab shows. */
    show: setShown,
    /**
     * Records that the conversation was seen up to `seq` in this tab. Returns a function that
     * releases it.
     */
    markSeen: (id: string, seq: number) => holdLock(locks, saw(id, seq), 'shared'),
    /** Takes a conversation's new state from the socket, with the previous one. */
    onConversation(before: ConversationSummary | undefined, after: ConversationSummary): void {
      const news = newsIn(before, after, me.user.id, preferences.notify_of);
      // If the code cannot be loaded, there is no notification. The list and the title show it.
      if (news && isLeader) notify(news, after).catch(() => undefined);
    },
  };
}

export type Notifications = ReturnType<typeof createNotifications>;
