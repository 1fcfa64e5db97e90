import { createStore, reconcile, unwrap } from 'solid-js/store';
import { DEFAULT_PREFERENCES, withMark } from '../../../protocol/resources/preference-choices.ts';
import type { Preferences } from '../../../protocol/resources/preferences.ts';
import { applyLanguage } from '../../texts/languages/speak.ts';
import { changeMe } from '../session/api.ts';

const [preferences, setPreferences] = createStore<Preferences>({ ...DEFAULT_PREFERENCES });

/** The agent's preferences; the defaults until they are known. Reactive. */
export { preferences };

/** Tells the other tabs of this browser. */
const tabs = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel('foyer:me');
tabs?.addEventListener('message', ({ data }: MessageEvent<Preferences>) => {
  setPreferences(reconcile({ ...data }));
});

/** Sets the preferences from the server, with each response that says who is signed in. */
export function adoptPreferences(loaded: Preferences): void {
  // A Worker of the version before does not send what is new.
  setPreferences(reconcile({ ...DEFAULT_PREFERENCES, ...loaded }));
  // Only once the server has the choice: another language reloads the page.
  applyLanguage(preferences.language);
}

/**
 * Changes preferences, here at once and on the server. Reverts them if the server refuses.
 * Rejects with a `RequestError`.
 */
export async function choose(change: Partial<Omit<Preferences, 'marked_unread'>>): Promise<void> {
  const { notify_of, title_count, browser_notifications, away_after, ...others } = change;
  const { after_closing, single_keys, get_started, ...same } = others;
  await keep(change, {
    preferences: {
      ...same,
      ...(notify_of && { notifyOf: notify_of }),
      ...(away_after !== undefined && { awayAfter: away_after }),
      ...(get_started !== undefined && { getStarted: get_started }),
      ...(after_closing && { afterClosing: after_closing }),
      ...(single_keys !== undefined && { singleKeys: single_keys }),
      ...(title_count !== undefined && { titleCount: title_count }),
      ...(browser_notifications !== undefined && { browserNotifications: browser_notifications }),
    },
  });
}

/** Marks a conversation as unread, or removes the mark, like `choose`. */
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
