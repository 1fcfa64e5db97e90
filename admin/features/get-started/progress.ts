import { createEffect, createMemo, on, onCleanup, onMount } from 'solid-js';
import type { GetStarted } from '../../../protocol/resources/get-started.ts';
import { createOne } from '../../live/cache.ts';
import { useLive } from '../../live/live.ts';
import { hasPermission } from '../notifications/permission.ts';
import { choose, preferences } from '../profile/preferences.ts';
import { getProgress } from './api.ts';

export const STEPS = ['site', 'test', 'departments', 'team', 'notifications'] as const;
export type Step = (typeof STEPS)[number];

/** Which steps are done, by what is there. Nobody ticks them. */
function doneOf(progress: GetStarted, notified: boolean): Record<Step, boolean> {
  return {
    site: progress.widget.seen !== null,
    test: progress.conversation,
    departments: progress.departments,
    team: progress.team,
    notifications: notified,
  };
}

/**
 * The progress of the first steps. It loads once, and again when a frame says that something changed
 * or the agent comes back to the tab; it never polls. An organization that had done everything before
 * is not asked again: that is stored in the agent's preferences.
 */
export function createProgress() {
  const { inbox, onSettings } = useLive();
  const loaded = createOne({ fetch: getProgress });
  const notified = () => preferences.browser_notifications && hasPermission();
  const done = createMemo(() => {
    const progress = loaded.value();
    return progress && doneOf(progress, notified());
  });
  const count = () => Object.values(done() ?? {}).filter(Boolean).length;

  function dismiss(): Promise<void> {
    return choose({ get_started: false });
  }

  const look = () => {
    if (document.visibilityState === 'visible') void loaded.load();
  };
  onMount(async () => {
    document.addEventListener('visibilitychange', look);
    await loaded.load();
    // It was done before: there is nothing to show. If this is not stored, the next visit tries again.
    if (count() === STEPS.length) await dismiss().catch(() => undefined);
  });
  onCleanup(() => document.removeEventListener('visibilitychange', look));
  onSettings((what) => {
    if (what !== 'labels' && what !== 'canned_responses' && what !== 'views') loaded.loadSoon();
  });
  createEffect(on(inbox.newConversation, () => void loaded.load(), { defer: true }));

  return { ...loaded, done, count, dismiss, newConversation: inbox.newConversation };
}

export type Progress = ReturnType<typeof createProgress>;
