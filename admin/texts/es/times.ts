import type { Catalogue } from '../catalogue.ts';

export const times: Catalogue['times'] = {
  now: 'ahora',
  justNow: 'ahora mismo',
  minutes: (count) => `${count} min`,
  hours: (count) => `${count} h`,
  hoursAndMinutes: (hours, minutes) => `${hours} h ${minutes} min`,
  days: (count) => (count === 1 ? '1 día' : `${count} días`),
  minutesAgo: (count) => `hace ${count} min`,
  hoursAgo: (count) => `hace ${count} h`,
  underOneMinute: 'menos de 1 min',
  today: 'Hoy',
  yesterday: 'Ayer',
};
