import type { MemberRole } from '../../protocol/resources/member.ts';
import { RESOURCES, type Resource } from '../../protocol/resources/resources.ts';

const everyone: readonly MemberRole[] = ['owner', 'admin', 'agent'];
const leaders: readonly MemberRole[] = ['owner', 'admin'];
const owners: readonly MemberRole[] = ['owner'];

/**
 * Which role may do what within its own organization, besides reading and managing settings
 * (protocol/resources/resources.ts). Other organizations' things are not there (P6).
 */
const PERMISSIONS = {
  'inbox.read': everyone,
  /** All departments, also where the organization shows agents only those that they serve. */
  'inbox.all': leaders,
  'conversation.reply': everyone,
  'conversation.note': everyone,
  'conversation.assign': everyone,
  'conversation.move': everyone,
  'conversation.close': everyone,
  'conversation.reopen': everyone,
  'conversation.snooze': everyone,
  'conversation.label': everyone,
  'customer.read': everyone,
  'customer.edit': everyone,
  'customer.note': everyone,
  // Whoever is on duty must be able to end abuse; it can be undone, and everybody sees it.
  'customer.block': everyone,
  'customer.sessions.end': everyone,
  'customer.export': leaders,
  /** Notes of others. */
  'customer.notes.manage': leaders,
  /** The team's. */
  'views.shared.manage': leaders,
  'identity.manage': leaders,
  /** How the installation is: it holds nothing of any organization. */
  'system.read': leaders,
  /** The activity log. */
  'activity.read': leaders,
  'activity.manage': leaders,
  /** What agents see. */
  'team.manage': leaders,
  'owners.manage': owners,
  /** Long work over everything that the organization has. */
  'jobs.read': leaders,
  'jobs.manage': owners,
} as const satisfies Record<string, readonly MemberRole[]>;

/** `labels.manage` of `labels`. */
type OfResource = `${Resource}.${'read' | 'manage'}`;
export type Action = keyof typeof PERMISSIONS | OfResource;

const ROLES: ReadonlyMap<string, readonly MemberRole[]> = new Map([
  ...Object.entries(PERMISSIONS),
  ...Object.entries(RESOURCES).flatMap(([name, of]) =>
    Object.entries(of).map(([verb, roles]) => [`${name}.${verb}`, roles] as const),
  ),
]);

/** Whether somebody of this role may do this. */
export function may(role: MemberRole, action: Action): boolean {
  return ROLES.get(action)?.includes(role) ?? false;
}

/** Whether somebody of this role may invite, change or remove somebody of that one. */
export function mayManage(role: MemberRole, other: MemberRole): boolean {
  return may(role, other === 'owner' ? 'owners.manage' : 'members.manage');
}

/**
 * Whether somebody of this role may give a member of that one a link to a new password, or take their
 * second factor away. Whoever can do that can sign in as them, so that admins are for owners alone.
 */
export function mayResetAccess(role: MemberRole, other: MemberRole): boolean {
  return may(role, other === 'agent' ? 'members.manage' : 'owners.manage');
}
