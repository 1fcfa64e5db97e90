import { part } from './languages/part.ts';

/** What an agent decides about a conversation, and what is said after it. */
export const t = part('triage', {
  undo: 'Undo',
  open: 'Open',
  closed: 'Closed as resolved.',
  closedAsSpam: 'Closed as spam.',
  snoozedUntil: (time: string) => `Snoozed until ${time}.`,
  snoozedUntilReply: 'Snoozed until the visitor replies.',
  assignedTo: (name: string) => `Assigned to ${name}.`,
  unassigned: 'Unassigned.',
  moved: 'Moved.',
  notSent: 'Your reply wasn’t sent, so the conversation stays open.',
  snooze: {
    later: 'Later today',
    tomorrow: 'Tomorrow morning',
    monday: 'Monday morning',
    week: 'In a week',
    reply: 'Until they reply',
    pick: 'Pick a date and time…',
  },
  labels: { none: 'No labels yet', hint: 'Create labels in Settings.' },
});
