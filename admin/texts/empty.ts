import { part } from './languages/part.ts';

/** What the list says when it is empty, and when what it filters by was removed. */
export const t = part('empty', {
  queues: {
    unassigned: {
      title: 'All caught up',
      text: 'New conversations appear here until someone claims them.',
    },
    mine: {
      title: 'Nothing is assigned to you',
      text: 'Conversations you claim or answer appear here.',
    },
    mentions: {
      title: 'No mentions yet',
      text: 'Conversations where a colleague mentions you in a private note appear here.',
    },
    all: {
      title: 'No open conversations',
      text: 'All open conversations appear here, assigned or not.',
    },
    snoozed: {
      title: 'Nothing is snoozed',
      text: 'Press s to snooze. Conversations come back on time, or when the visitor replies.',
    },
    closed: {
      title: 'No closed conversations',
      text: 'Closed conversations appear here. You can reopen them.',
    },
  },
  unanswered: {
    title: 'Nothing unanswered',
    text: 'Conversations without a reply appear here.',
  },
  noDepartment: {
    title: 'No departments',
    text: 'Visitors can write to you once there is a department they can choose.',
  },
  createDepartment: 'Create a department',
  testChat: 'Open a test chat',
  inDepartment: (title: string, name: string) => `${title} in ${name}`,
  withLabel: (title: string, name: string) => `${title} with the label ${name}`,
  noResults: (query: string) => `No results for “${query}”`,
  searchText:
    'This searches names, e-mail addresses and last messages in this queue. Press Enter to search everything.',
  whole: 'Show the whole queue',
  removed: {
    view: {
      label: 'This view no longer works. Its label was removed.',
      department: 'This view no longer works. Its department was removed.',
      colleague: 'This view no longer works. Its colleague left the team.',
    },
    list: {
      label: 'This label was removed.',
      department: 'This department was removed.',
      colleague: 'This colleague left the team.',
    },
    without: {
      label: 'Show without the label',
      department: 'Show without the department',
    },
    deleteView: 'Delete this view',
  },
});
