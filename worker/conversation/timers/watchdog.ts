import type { Timer } from './timer.ts';

/** Milliseconds after a change in which the watchdog looks. */
export const WATCHDOG = 30 * 60_000;

/**
 * Looks whether the database has what changed, and the search what was said: a crash between ack and
 * projection leaves it behind. One ring, and so one row, for all changes meanwhile.
 */
export const watchdog: Timer = {
  at: ({ changed_at }) => (changed_at === null ? null : changed_at + WATCHDOG),
  does: 'drain',
  isSetByChange: true,
  joins: true,
};
