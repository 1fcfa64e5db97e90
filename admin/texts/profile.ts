import { part } from './languages/part.ts';

/** The agent's own settings. */
export const t = part('profile', {
  preferences: {
    title: 'Appearance and notifications',
    text: 'Changes are saved automatically.',
    theme: 'Theme',
    themes: { auto: 'Match system', light: 'Light', dark: 'Dark' },
    language: 'Language',
    matchBrowser: 'Match browser',
    notifyOf: 'Notify me about',
    scopes: {
      all: 'All conversations',
      mine_and_unassigned: 'Mine and unassigned',
      mentions: 'Mentions only',
    },
    afterClosing: 'After closing, snoozing or moving',
    afterClosingChoices: {
      next: 'Open the next conversation',
      previous: 'Open the previous conversation',
      stay: 'Stay on the conversation',
    },
    singleKeys: 'Single-key shortcuts',
    singleKeysHint: 'Keys such as c for Close. Without them, Ctrl K still finds every action.',
    awayAfter: 'Away without input after',
    never: 'Never',
    minutes: (count: number) => `${count} minutes`,
    hours: (count: number) => (count === 1 ? '1 hour' : `${count} hours`),
    titleCount: 'Unread count in the browser tab',
    titleCountHint: 'How many conversations need you, in the tab’s title and icon.',
    sound: 'Sound',
    soundHint: 'A short sound for new messages.',
    notifications: 'Browser notifications',
    notificationsHint: 'When this tab is hidden. Your browser will ask for permission.',
    notificationsBlocked:
      'Your browser blocks notifications from this page. Allow them in its settings.',
  },
});
