/** All events. `npm run protocol` writes this list from the files of this folder. */

export { assigned } from './assigned.ts';
export { assigneeRenamed } from './assignee-renamed.ts';
export { closed } from './closed.ts';
export { customerChanged } from './customer-changed.ts';
export { deleted } from './deleted.ts';
export { departmentChanged } from './department-changed.ts';
export { edited } from './edited.ts';
export { joined } from './joined.ts';
export { labelsChanged } from './labels-changed.ts';
export { priorityChanged } from './priority-changed.ts';
export { rated } from './rated.ts';
export { reopened } from './reopened.ts';
export { sessionsEnded } from './sessions-ended.ts';
export { snoozed } from './snoozed.ts';
export { visitorBlocked } from './visitor-blocked.ts';
export { woke } from './woke.ts';
