import type { Preferences } from './preferences.ts';

/** What a dashboard needs of the preferences before anything else: without the schemas' weight. */

export const NOTIFY_OF = ['all', 'mine_and_unassigned', 'mentions'] as const;
export type NotifyOf = (typeof NOTIFY_OF)[number];

export const THEMES = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

/** The languages of the dashboard. Visitors' widgets have languages of their own. */
export const LANGUAGES = ['en', 'de', 'es'] as const;
export type Language = (typeof LANGUAGES)[number];

/** `auto` follows the browser. */
export const LANGUAGE_CHOICES = ['auto', ...LANGUAGES] as const;
export type LanguageChoice = (typeof LANGUAGE_CHOICES)[number];

/** Conversations that one agent may have marked as unread; the oldest marks go first. */
export const MOST_MARKED = 200;

/** The marks with one more, or one less. */
export function withMark(ids: readonly string[], id: string, unread: boolean): string[] {
  const others = ids.filter((other) => other !== id);
  return unread ? [...others, id].slice(-MOST_MARKED) : others;
}

/** Minutes without input after which an agent is away; 0: never. */
export const AWAY_AFTER = [0, 5, 15, 30, 60, 120] as const;
export type AwayAfter = (typeof AWAY_AFTER)[number];

/** What opens after the open conversation left the list: closed, snoozed or moved. */
export const AFTER_CLOSING = ['next', 'previous', 'stay'] as const;
export type AfterClosing = (typeof AFTER_CLOSING)[number];

/** Of a user who has chosen nothing. */
export const DEFAULT_PREFERENCES: Preferences = {
  theme: 'auto',
  language: 'auto',
  notify_of: 'mine_and_unassigned',
  title_count: true,
  sound: true,
  browser_notifications: false,
  away_after: 30,
  get_started: true,
  after_closing: 'next',
  single_keys: true,
  marked_unread: [],
};
