import type { Actor } from '../../../protocol/conversation/actor.ts';
import type { ActivityRecord, ActivityValue } from '../../../protocol/resources/activity.ts';
import {
  type ActivityKind,
  type ItemKind,
  isItemKind,
} from '../../../protocol/resources/activity-kinds.ts';

/** A part of a sentence; `href` leads to the thing, `strong` is a name. */
export type Part = { text: string; strong?: boolean; href?: string };

/**
 * The rest of a sentence after the actor. `{it}` is the subject; `{before.x}` and `{after.x}` are
 * values.
 */
const SENTENCES: Record<Exclude<ActivityKind, ItemKind>, string> = {
  'organization.created': 'set up this workspace',
  'widget.changed': 'changed the widget',
  'activity.settings_changed': 'changed how activity is kept',
  'department.created': 'added the department {it}',
  'department.changed': 'changed the department {it}',
  'department.archived': 'archived the department {it}',
  'department.restored': 'restored the department {it}',
  'departments.ordered': 'changed the order of the departments',
  'job.started': 'started the job {after.job}',
  'job.cancelled': 'cancelled the job {after.job}',
  'job.resumed': 'continued the job {after.job}',
  'view.shared': 'shared the view {it} with the team',
  'view.changed': 'changed the team’s view {it}',
  'view.unshared': 'stopped sharing the view {it}',
  'view.removed': 'removed the team’s view {it}',
  'identity_secret.created': 'created a secret for verified visitors',
  'identity_secret.retired': 'revoked a secret for verified visitors',
  'organization.renamed': 'renamed the organization',
  'team.visibility_changed': 'changed which conversations agents see',
  'invitation.sent': 'invited {it} as {after.role}',
  'invitation.resent': 'invited {it} again as {after.role}',
  'invitation.revoked': 'revoked the invitation for {it}',
  'member.joined': 'joined as {after.role}',
  'member.role_changed': 'changed the role of {it} from {before.role} to {after.role}',
  'member.departments_changed': 'changed the departments of {it}',
  'member.renamed': 'changed their name from {before.name} to {after.name}',
  'member.removed': 'removed {it} from the team',
  'member.left': 'left the team',
  'member.signed_in': 'signed in {way}',
  'member.signed_out': 'signed {it} out everywhere',
  'sessions.ended': 'signed out of their other sessions',
  'password_link.made': 'created a password reset link for {it}',
  'password.changed': 'changed their password',
  'password.reset': 'reset their password',
  'address.changed': 'changed or confirmed their e-mail address',
  'second_factor.added': 'turned on two-step sign-in',
  'second_factor.removed': 'turned off {its} two-step sign-in',
  'passkey.added': 'added the passkey {after.name}',
  'passkey.removed': 'removed the passkey {before.name}',
  'member.status_changed': 'went {after.status}',
  'customer.changed': 'changed the details of {it}',
  'customer.blocked': 'blocked {it}',
  'customer.unblocked': 'unblocked {it}',
  'customer.sessions_ended': 'ended the sessions of {it}',
  'customer.note_removed': 'removed a note about {it}',
  'conversation.taken': 'claimed {it}',
  'conversation.unassigned': 'unassigned {it} from {before.assignee}',
  'conversation.assigned': 'assigned {it} to {after.assignee}',
  'conversation.moved': 'moved {it} to {after.department}',
  'conversation.closed': 'closed {it}',
  'conversation.reopened': 'reopened {it}',
  'conversation.snoozed': 'snoozed {it}',
  'conversation.woke': 'unsnoozed {it}',
  'conversation.labelled': 'changed the labels of {it}',
  'conversation.prioritized': 'set the priority of {it} to {after.priority}',
  'conversation.rated': 'rated {it}: {after.score} of 5',
  'conversation.message_edited': 'edited a message in {it}',
  'conversation.message_deleted': 'deleted a message in {it}',
  'customers.exported': 'exported the customers',
  'activity.exported': 'exported the activity',
  'transcript.sent': 'e-mailed a copy of {it}',
};

const WAYS: Record<string, string> = {
  password: 'with a password',
  link: 'with an e-mailed link',
  passkey: 'with a passkey',
  code: 'with a two-step code',
  backup_code: 'with a backup code',
  invitation: 'by accepting an invitation',
  setup: 'for the first time',
};

/** The verbs for items of the settings: `added the label {it}`. */
const ITEM_VERBS: Record<string, string> = { created: 'added' };

const hasSentence = (kind: string): kind is keyof typeof SENTENCES =>
  Object.hasOwn(SENTENCES, kind);

function templateOf(kind: string): string {
  if (isItemKind(kind)) {
    const [item = '', verb = ''] = kind.split('.');
    return `${ITEM_VERBS[verb] ?? verb} the ${item.replaceAll('_', ' ')} {it}`;
  }
  return hasSentence(kind) ? SENTENCES[kind] : `did something new (${kind})`;
}

/** The activity as a sentence in parts: `Maya` ` changed the role of ` `Tom` …. */
export function sentenceOf(record: ActivityRecord): Part[] {
  const { kind } = record;
  const template = templateOf(kind);
  const actor: Part = { text: nameOf(record.actor), strong: true };
  const parts = template
    .split(/(\{[\w.]+\})/)
    .filter((piece) => piece !== '')
    .map((piece) => partOf(piece, record));
  return [actor, { text: ' ' }, ...parts];
}

/** The sentence as one text, for screen readers and tests. */
export function textOf(record: ActivityRecord): string {
  return sentenceOf(record)
    .map(({ text }) => text)
    .join('');
}

function partOf(piece: string, record: ActivityRecord): Part {
  const { before, after, subject, actor } = record;
  if (piece === '{it}') return subjectPart(record);
  if (piece === '{its}') {
    const isSelf = subject?.id === ('id' in actor ? actor.id : null);
    return isSelf ? { text: 'their' } : { text: `${subject?.name ?? 'a former member'}’s` };
  }
  if (piece === '{way}') return { text: WAYS[String(after?.way)] ?? 'in a new way' };
  const [, when, field = ''] = piece.match(/^\{(before|after)\.(\w+)\}$/) ?? [];
  if (when === undefined) return { text: piece };
  const value = (when === 'before' ? before : after)?.[field];
  return { text: value === undefined ? '…' : valueText(value), strong: field === 'name' };
}

/** The subject: its name, or its kind if the log has no name. */
function subjectPart({ subject }: ActivityRecord): Part {
  if (!subject) return { text: 'the workspace' };
  const { type, id, name } = subject;
  if (type === 'customer')
    return id ? { text: 'a customer', href: `/customers/${id}` } : { text: 'a customer' };
  if (type === 'conversation') {
    return id ? { text: 'a conversation', href: `/inbox/all/${id}` } : { text: 'a conversation' };
  }
  const part = { text: name || 'an unnamed item', strong: true };
  if (type === 'department' && id) return { ...part, href: `/settings/departments/${id}` };
  const page = PAGES[type];
  return page ? { ...part, href: page } : part;
}

const PAGES: Record<string, string> = {
  label: '/settings/labels',
  canned_response: '/settings/canned-responses',
  member: '/settings/team',
  invitation: '/settings/team',
};

/** The actor. */
function nameOf(actor: Actor): string {
  switch (actor.kind) {
    case 'visitor':
      return 'A visitor';
    case 'system':
      return actor.cause === 'rule' && actor.name ? `The rule ${actor.name}` : 'Foyer';
    default:
      return actor.name || 'Someone';
  }
}

const FIELDS: Record<string, string> = {
  accent: 'Colour',
  allowed_origins: 'Websites',
  auto_close: 'Hours until it closes',
  auto_close_hours: 'Hours until it closes',
  auto_close_message: 'Closing message',
  auto_close_reopens: 'Next message reopens it',
  characters: 'Characters',
  color: 'Colour',
  conversations: 'Records what is done with conversations',
  human_check: 'Human check',
  hours: 'Hours without an answer',
  kept_days: 'Days kept',
  languages: 'Languages',
  launcher_text: 'Launcher text',
  locale: 'Language',
  message: 'Number of the message',
  offline: 'When no one is online',
  restrict_agents: 'Agents are limited to their departments',
  visible: 'Visible to visitors',
  visitor_file_megabytes: 'Files per day (MB)',
};

export type Difference = { field: string; before: string | null; after: string | null };

/** The values that changed, in words. Null stands for no value. */
export function differencesOf({ before, after }: ActivityRecord): Difference[] {
  const fields = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...fields]
    .filter((field) => field !== 'way')
    .map((field) => {
      const [old, next] = [before?.[field], after?.[field]];
      return {
        field: FIELDS[field] ?? fieldLabel(field),
        before: old === undefined ? null : valueText(old),
        after: next === undefined ? null : valueText(next),
      };
    });
}

/** `launcher_text` as `Launcher text`. */
function fieldLabel(field: string): string {
  const words = field.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function valueText(value: ActivityValue): string {
  if (value === null || value === '') return 'none';
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  if (Array.isArray(value)) return value.length > 0 ? value.join(', ') : 'none';
  return String(value);
}
