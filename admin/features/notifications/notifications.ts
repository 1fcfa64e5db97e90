import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { preferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';
import { heldLockNames, holdLock, type Locks } from './locks.ts';
import { newsIn } from './news.ts';

const locks: Locks = 'locks' in navigator ? navigator.locks : null;

/** Held by every tab that somebody can see. */
const VISIBLE_LOCK = 'foyer:visible';
/** Held by every visible tab that shows this conversation. */
const viewingLock = (id: string) => `foyer:looking:${id}`;
/** Held by every tab, seen or not, in which a person saw this conversation up to a message. */
const saw = (id: string, seq: number | '') => `foyer:saw:${id}:${seq}`;

/**
 * Tells an agent of what is new: a sound, and while no tab can be seen a notification of the
 * browser. Of several tabs one does it.
 *
 * @param open shows a conversation in this tab
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
    // The list is told later than the conversation: by then the tab that showed it may be hidden.
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
    /** Which conversation is on the screen of this tab. */
    show: setShown,
    /** A person saw a conversation up to `seq` here; what comes back forgets it. */
    markSeen: (id: string, seq: number) => holdLock(locks, saw(id, seq), 'shared'),
    /** Takes what the inbox's socket told, beside what was known of it before. */
    onConversation(before: ConversationSummary | undefined, after: ConversationSummary): void {
      const news = newsIn(before, after, me.user.id, preferences.notify_of);
      // What cannot be loaded is not told; the list and the title have it.
      if (news && isLeader) notify(news, after).catch(() => undefined);
    },
  };
}

export type Notifications = ReturnType<typeof createNotifications>;
