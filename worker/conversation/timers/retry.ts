import type { Timer } from './timer.ts';

/** Tries the drain again that failed: the projection, the agents' lists, the search. */
export const retry: Timer = {
  at: ({ retry_at }) => retry_at,
  does: 'drain',
  isSetByChange: true,
  joins: true,
};
