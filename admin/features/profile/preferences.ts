import { createStore, reconcile, unwrap } from 'solid-js/store';
import { DEFAULT_PREFERENCES, withMark } from '../../../protocol/resources/preference-choices.ts';
import type { Preferences } from '../../../protocol/resources/preferences.ts';
import { changeMe } from '../session/api.ts';

const [preferences, setPreferences] = createStore<Preferences>({ ...DEFAULT_PREFERENCES });

/** What the agent of this browser chose; the defaults until that is known. Reading it is reactive. */
export { preferences };

/** Other tabs of this browser, which follow at once. */
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('foyer:me');
tabs?.addEventListener('message', ({ data }: MessageEvent<Preferences>) => {
  setPreferences(reconcile({ ...data }));
});

/** Takes what the server has; called whenever it said who is signed in. */
export function adoptPreferences(loaded: Preferences): void {
  setPreferences(reconcile({ ...loaded }));
}

/**
 * Changes some of it, here at once and on the server; what the server refuses is taken back.
 * Rejects with a `RequestError`.
 */
export async function choose(change: Partial<Omit<Preferences, 'marked_unread'>>): Promise<void> {
  const { notify_of, title_count, browser_notifications, away_after, ...same } = change;
  await keep(change, {
    preferences: {
      ...same,
      ...(notify_of && { notifyOf: notify_of }),
      ...(away_after !== undefined && { awayAfter: away_after }),
      ...(title_count !== undefined && { titleCount: title_count }),
      ...(browser_notifications !== undefined && { browserNotifications: browser_notifications }),
    },
  });
}

/** Marks a conversation as unread, or takes the mark away; the rest is as with `choose`. */
export function mark(conversationId: string, unread: boolean): Promise<void> {
  const marked_unread = withMark(preferences.marked_unread, conversationId, unread);
  return keep({ marked_unread }, { mark: { conversationId, unread } });
}

async function keep(
  change: Partial<Preferences>,
  request: Parameters<typeof changeMe>[0],
): Promise<void> {
  const before = { ...unwrap(preferences) };
  setPreferences(change);
  try {
    const { preferences: saved } = await changeMe(request);
    adoptPreferences(saved);
    tabs?.postMessage(saved);
  } catch (error) {
    setPreferences(before);
    throw error;
  }
}
