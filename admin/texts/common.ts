import { part } from './languages/part.ts';

/** Texts that more than one area shows. */
export const t = part('common', {
  tryAgain: 'Try again',
  reload: 'Reload',
  remove: 'Remove',
  confirmRemove: 'Remove permanently?',
  dismiss: 'Dismiss',
  email: 'E-mail',
  password: 'Password',
  loading: (what: string) => `Loading ${what}`,
  couldNotLoad: (what: string) => `Couldn’t load ${what}`,
  couldNotLoadPage: 'Couldn’t load this page',
  couldNotLoadDashboard: 'Couldn’t load the dashboard',
  somethingWrong: 'Something went wrong',
  draftsSaved:
    'Your drafts and unsent messages are saved in this browser. Reload the page to continue.',
  stillSignedIn: (why: string) => `You’re still signed in. ${why}`,
  notSaved: (why: string) => `Not saved. ${why}`,
  newConversation: (customer: string) => `New conversation from ${customer}`,
  newConversationIn: (customer: string, department: string) =>
    `New conversation from ${customer} in ${department}`,
  menuNotLoaded: 'Couldn’t load the menu. Reload the page; your drafts are saved.',
  menusOffline: 'Menus aren’t available offline.',
  actionNotLoaded: 'Couldn’t load this action. Check your connection.',
});
