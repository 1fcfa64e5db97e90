import { createEffect, createSignal, onCleanup } from 'solid-js';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { preferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';
import { heldLocks, holdLock, type Locks } from './locks.ts';
import { newsIn } from './news.ts';

const locks: Locks = 'locks' in navigator ? navigator.locks : null;

/** Held by every tab that somebody can see. */
const VISIBLE = 'foyer:visible';
/** Held by every visible tab that shows this conversation. */
const looking = (id: string) => `foyer:looking:${id}`;
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
  let leads = false;

  onCleanup(
    holdLock(locks, `foyer:telling:${me.user.id}`, 'exclusive', () => {
      leads = true;
    }),
  );
  const onVisibility = () => setVisible(document.visibilityState === 'visible');
  document.addEventListener('visibilitychange', onVisibility);
  onCleanup(() => document.removeEventListener('visibilitychange', onVisibility));
  createEffect(() => {
    if (visible()) onCleanup(holdLock(locks, VISIBLE, 'shared'));
  });
  createEffect(() => {
    const id = shown();
    if (visible() && id) onCleanup(holdLock(locks, looking(id), 'shared'));
  });

  async function notify(what: 'message' | 'mention', of: ConversationSummary): Promise<void> {
    const held = await heldLocks(locks);
    if (held.has(looking(of.id)) || (visible() && shown() === of.id)) return;
    // The list is told later than the conversation: by then the tab that showed it may be hidden.
    const before = saw(of.id, '');
    for (const name of held)
      if (name.startsWith(before) && Number(name.slice(before.length)) >= of.last_seq) return;
    if (preferences.sound) void import('./sound.ts').then(({ ring }) => ring());
    if (!preferences.browser_notifications || held.has(VISIBLE) || visible()) return;
    const { showNotification } = await import('./notify.ts');
    showNotification(what, of, () => open(of.id));
  }

  return {
    /** Which conversation is on the screen of this tab. */
    show: setShown,
    /** A person saw a conversation up to `seq` here; what comes back forgets it. */
    saw: (id: string, seq: number) => holdLock(locks, saw(id, seq), 'shared'),
    /** Takes what the inbox's socket told, beside what was known of it before. */
    hear(before: ConversationSummary | undefined, after: ConversationSummary): void {
      const news = newsIn(before, after, me.user.id, preferences.notify_of);
      // What cannot be loaded is not told; the list and the title have it.
      if (news && leads) notify(news, after).catch(() => undefined);
    },
  };
}

export type Notifications = ReturnType<typeof createNotifications>;
