import type { Catalogue } from '../catalogue.ts';

export const times: Catalogue['times'] = {
  now: 'jetzt',
  justNow: 'gerade eben',
  minutes: (count) => `${count} Min.`,
  hours: (count) => `${count} Std.`,
  hoursAndMinutes: (hours, minutes) => `${hours} Std. ${minutes} Min.`,
  days: (count) => (count === 1 ? '1 Tag' : `${count} Tage`),
  minutesAgo: (count) => `vor ${count} Min.`,
  hoursAgo: (count) => `vor ${count} Std.`,
  underOneMinute: 'unter 1 Min.',
  today: 'Heute',
  yesterday: 'Gestern',
};
