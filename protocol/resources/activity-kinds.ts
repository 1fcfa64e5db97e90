import { RESOURCE_ITEMS, type ResourceItem } from './resources.ts';

/** The kinds of activity: what is recorded of what is done. */

/** What an activity is about, and what the log is filtered by. */
export const ACTIVITY_AREAS = [
  'settings',
  'team',
  'access',
  'presence',
  'customers',
  'conversations',
  'exports',
] as const;
export type ActivityArea = (typeof ACTIVITY_AREAS)[number];

/** What was changed or looked at, beside a resource's items. `conversation` and `customer` have pages in the dashboard. */
export const ACTIVITY_SUBJECTS = [
  'organization',
  'department',
  'view',
  'identity_secret',
  'invitation',
  'member',
  'customer',
  'conversation',
] as const;
export type ActivitySubject = (typeof ACTIVITY_SUBJECTS)[number] | ResourceItem;

const kind = <const Field extends string = never>(
  area: ActivityArea,
  subject: ActivitySubject,
  ...fields: Field[]
) => ({ area, subject, fields: fields as readonly Field[] });

/** A kind that keeps every value it is given: the code that records it decides which. */
const kindOfAll = (area: ActivityArea, subject: ActivitySubject) => ({
  area,
  subject,
  fields: null as readonly string[] | null,
});

const DEPARTMENT_FIELDS = [
  'name',
  'description',
  'visible',
  'offline',
  'form',
  'members',
  'languages',
  'auto_close',
  'opening_hours',
] as const;

/** What is done to the items of a resource, each as in `label.created`. */
export type ItemKind = `${ResourceItem}.${'created' | 'changed' | 'removed'}`;

type ItemKinds = {
  [Item in ResourceItem as `${Item}.${'created' | 'changed' | 'removed'}`]: {
    area: ActivityArea;
    subject: ActivitySubject;
    fields: readonly (typeof RESOURCE_ITEMS)[Item][number][];
  };
};

const itemKinds = Object.fromEntries(
  Object.entries(RESOURCE_ITEMS).flatMap(([subject, fields]) =>
    ['created', 'changed', 'removed'].map((verb): [string, unknown] => [
      `${subject}.${verb}`,
      { area: 'settings', subject, fields },
    ]),
  ),
) as ItemKinds;

export function isItemKind(text: string): text is ItemKind {
  return Object.hasOwn(itemKinds, text);
}

/**
 * Each kind of activity: its area, its kind of subject, and the fields whose values before and after
 * are kept; null: all that are given. A field that is not named here does not enter the log. None may
 * hold a secret, the text of a message, or what a visitor said about themselves.
 */
export const ACTIVITY_KINDS = {
  'organization.created': kind('settings', 'organization'),
  'organization.renamed': kind('settings', 'organization', 'name', 'slug'),
  'widget.changed': kindOfAll('settings', 'organization'),
  'activity.settings_changed': kind('settings', 'organization', 'kept_days', 'conversations'),
  'department.created': kind('settings', 'department', ...DEPARTMENT_FIELDS),
  'department.changed': kind('settings', 'department', ...DEPARTMENT_FIELDS),
  'department.archived': kind('settings', 'department'),
  'department.restored': kind('settings', 'department'),
  'departments.ordered': kind('settings', 'organization', 'order'),
  ...itemKinds,
  'job.started': kind('settings', 'organization', 'job'),
  'job.cancelled': kind('settings', 'organization', 'job'),
  'job.resumed': kind('settings', 'organization', 'job'),
  'view.shared': kind('settings', 'view', 'name'),
  'view.changed': kind('settings', 'view', 'name', 'filters'),
  'view.unshared': kind('settings', 'view', 'name'),
  'view.removed': kind('settings', 'view', 'name'),
  'identity_secret.created': kind('settings', 'identity_secret'),
  'identity_secret.retired': kind('settings', 'identity_secret'),

  'team.visibility_changed': kind('team', 'organization', 'restrict_agents'),
  'invitation.sent': kind('team', 'invitation', 'role'),
  'invitation.resent': kind('team', 'invitation', 'role'),
  'invitation.revoked': kind('team', 'invitation', 'role'),
  'member.joined': kind('team', 'member', 'role'),
  'member.role_changed': kind('team', 'member', 'role'),
  'member.departments_changed': kind('team', 'member', 'departments'),
  'member.renamed': kind('team', 'member', 'name'),
  'member.removed': kind('team', 'member', 'role'),
  'member.left': kind('team', 'member', 'role'),

  'member.signed_in': kind('access', 'member', 'way'),
  'member.signed_out': kind('access', 'member'),
  'sessions.ended': kind('access', 'member'),
  'password_link.made': kind('access', 'member'),
  'password.changed': kind('access', 'member'),
  'password.reset': kind('access', 'member'),
  'address.changed': kind('access', 'member'),
  'second_factor.added': kind('access', 'member'),
  'second_factor.removed': kind('access', 'member'),
  'passkey.added': kind('access', 'member', 'name'),
  'passkey.removed': kind('access', 'member', 'name'),

  // Recorded by the organization's object (worker/organization/attendance.ts), and hidden on the page at first.
  'member.status_changed': kind('presence', 'member', 'status'),

  'customer.changed': kind('customers', 'customer', 'fields'),
  'customer.blocked': kind('customers', 'customer'),
  'customer.unblocked': kind('customers', 'customer'),
  'customer.sessions_ended': kind('customers', 'customer'),
  'customer.note_removed': kind('customers', 'customer'),

  // Recorded where the organization wants it (worker/conversation/activity/activity-of.ts).
  'conversation.taken': kind('conversations', 'conversation', 'assignee'),
  'conversation.unassigned': kind('conversations', 'conversation', 'assignee'),
  'conversation.assigned': kind('conversations', 'conversation', 'assignee'),
  'conversation.moved': kind('conversations', 'conversation', 'department'),
  'conversation.closed': kind('conversations', 'conversation', 'status', 'reason', 'hours'),
  'conversation.reopened': kind('conversations', 'conversation', 'status', 'reason'),
  'conversation.snoozed': kind('conversations', 'conversation', 'status', 'until'),
  'conversation.woke': kind('conversations', 'conversation', 'status', 'until'),
  'conversation.labelled': kind('conversations', 'conversation', 'labels'),
  'conversation.prioritized': kind('conversations', 'conversation', 'priority'),
  'conversation.rated': kind('conversations', 'conversation', 'score'),
  'conversation.message_edited': kind('conversations', 'conversation', 'message'),
  'conversation.message_deleted': kind('conversations', 'conversation', 'message'),

  'customers.exported': kind('exports', 'organization'),
  'activity.exported': kind('exports', 'organization'),
  'transcript.sent': kind('exports', 'conversation'),
} as const;

export type ActivityKind = keyof typeof ACTIVITY_KINDS;
export type ActivityField<Kind extends ActivityKind> = NonNullable<
  (typeof ACTIVITY_KINDS)[Kind]['fields']
>[number];

/** Every kind that this version writes. */
export const activityKinds = Object.keys(ACTIVITY_KINDS).filter(isActivityKind);

export function isActivityKind(text: string): text is ActivityKind {
  return Object.hasOwn(ACTIVITY_KINDS, text);
}

/** Characters of one text, and items of one list: what is longer is cut and ends with an ellipsis. */
export const MAX_ACTIVITY_TEXT = 200;
export const MAX_ACTIVITY_ITEMS = 50;

/** Days for which activity may be kept; null: for good. A year at first. */
export const ACTIVITY_DAYS = [30, 90, 180, 365, 730, 1095, 1825, 2555] as const;
export const DEFAULT_ACTIVITY_DAYS = 365;

export type ActivityDays = (typeof ACTIVITY_DAYS)[number];
