import type { Timer } from './timer.ts';

/**
 * Closes the sockets of visitors whose session is over. A change sets no alarm for it: it costs a row
 * only where a visitor's socket is still open half an hour after the last change, and once a day then.
 */
export const sessions: Timer = {
  at: ({ session_ends_at }) => session_ends_at,
  does: 'end_sessions',
  isSetByChange: false,
  joins: true,
};
