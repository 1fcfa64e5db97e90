import type { Timer } from './timer.ts';

/** A conversation that is snoozed until a time comes back by itself. */
export const snooze: Timer = {
  at: ({ state: { status, snoozed_until } }) =>
    status === 'snoozed' && snoozed_until !== null ? Date.parse(snoozed_until) : null,
  does: 'wake',
  isSetByChange: true,
  joins: false,
};
