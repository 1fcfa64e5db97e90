import { z } from 'zod';

/** Which conversations an agent is told of. */
export const notifyOf = z.enum(['all', 'mine_and_unassigned', 'mentions']);
export type NotifyOf = z.infer<typeof notifyOf>;

export const theme = z.enum(['auto', 'light', 'dark']);
export type Theme = z.infer<typeof theme>;

/**
 * What an agent chose for their own dashboard. What is missing or no longer known has its default,
 * so that whatever was stored can be read.
 */
export const preferences = z.object({
  theme: theme.catch('auto'),
  notify_of: notifyOf.catch('mine_and_unassigned'),
  /** The number of those that wait, in the tab's title and on its icon. */
  title_count: z.boolean().catch(true),
  sound: z.boolean().catch(true),
  /** Notifications of the browser while the tab is hidden; it asks for leave when switched on. */
  browser_notifications: z.boolean().catch(false),
});
export type Preferences = z.infer<typeof preferences>;

/** Who has chosen nothing. */
export const DEFAULT_PREFERENCES: Preferences = preferences.parse({});
