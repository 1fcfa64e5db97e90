import { z } from 'zod';
import {
  AFTER_CLOSING,
  AWAY_AFTER,
  LANGUAGE_CHOICES,
  NOTIFY_OF,
  THEMES,
} from './preference-choices.ts';

/** Which conversations an agent is told of. */
export const notifyOf = z.enum(NOTIFY_OF);

export const theme = z.enum(THEMES);

export const languageChoice = z.enum(LANGUAGE_CHOICES);

export const awayAfter = z.literal(AWAY_AFTER);

export const afterClosing = z.enum(AFTER_CLOSING);

/**
 * What an agent chose for their own dashboard. What is missing or no longer known has its default,
 * so that whatever was stored can be read.
 */
export const preferences = z.object({
  theme: theme.catch('auto'),
  /** The language of the dashboard. */
  language: languageChoice.catch('auto'),
  notify_of: notifyOf.catch('mine_and_unassigned'),
  /** The number of those that wait, in the tab's title and on its icon. */
  title_count: z.boolean().catch(true),
  sound: z.boolean().catch(true),
  /** Notifications of the browser while the tab is hidden; it asks for leave when switched on. */
  browser_notifications: z.boolean().catch(false),
  /** Minutes without input in any of their dashboards after which they are away; 0: never. */
  away_after: awayAfter.catch(30),
  /** Whether the first steps of a new organization are shown to them, until done or dismissed. */
  get_started: z.boolean().catch(true),
  /** The row that opens after the open conversation was closed, snoozed or moved out of the list. */
  after_closing: afterClosing.catch('next'),
  /** Whether keys without Ctrl are shortcuts (WCAG 2.1.4 asks for a way to switch them off). */
  single_keys: z.boolean().catch(true),
  /** Conversations that they marked as unread, to come back to them: the newest last. */
  marked_unread: z.array(z.string()).catch([]),
});
export type Preferences = z.infer<typeof preferences>;
