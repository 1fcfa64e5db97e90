import type { MemberRole } from './member.ts';

const everyone: readonly MemberRole[] = ['owner', 'admin', 'agent'];
const leaders: readonly MemberRole[] = ['owner', 'admin'];

/**
 * What an organization sets up, and who may read and who may manage each of them. From it follow the
 * permissions `labels.read` and `labels.manage` (worker/auth/permissions.ts), and the `setup` frames
 * that tell open dashboards of a change (live.ts, organization-socket.ts).
 */
export const RESOURCES = {
  departments: { read: everyone, manage: leaders },
  /** How the widget looks and speaks. */
  settings: { read: leaders, manage: leaders },
  canned_responses: { read: everyone, manage: leaders },
  labels: { read: everyone, manage: leaders },
  schedules: { read: everyone, manage: leaders },
  // Owners answer for the organization, so that they alone touch what an owner is (`owners.manage`).
  members: { read: everyone, manage: leaders },
  /** A member's own views. A shared view belongs to the team. */
  views: { read: everyone, manage: everyone },
} as const satisfies Record<string, Record<'read' | 'manage', readonly MemberRole[]>>;

export type Resource = keyof typeof RESOURCES;

/**
 * Resources that are lists of items: what an item is called, and the fields whose values before and
 * after are kept in the activity log, where each has the kinds `label.created`, `label.changed` and
 * `label.removed` (activity-kinds.ts).
 */
export const RESOURCE_ITEMS = {
  label: ['name', 'color'],
  canned_response: ['shortcut', 'characters'],
  schedule: ['name', 'timezone', 'hours'],
} as const satisfies Record<string, readonly string[]>;

export type ResourceItem = keyof typeof RESOURCE_ITEMS;
