import { z } from 'zod';
import { widgetSettingsRecord } from '../widget/widget-settings.ts';
import { cannedResponse } from './canned-response.ts';
import { departmentRecord } from './department.ts';
import { identitySecretRecord } from './identity-secret.ts';
import { label } from './label.ts';
import type { Resource } from './resources.ts';
import { savedView } from './saved-view.ts';
import { schedule } from './schedule.ts';
import { invitation, team, teamMember } from './team.ts';

/**
 * What open dashboards keep of an organization, by kind: a record as its list gives it. Each resource
 * is a kind. `settings` and `team` have one record. A change of any of them is told to open dashboards
 * by a frame `setup` that carries the changed records (organization-socket.ts).
 */
export const liveRecords = {
  departments: departmentRecord,
  settings: widgetSettingsRecord,
  canned_responses: cannedResponse,
  labels: label,
  schedules: schedule,
  members: teamMember,
  views: savedView,
  team,
  invitations: invitation,
  identity_secrets: identitySecretRecord,
} as const satisfies Record<Resource, z.ZodType> & Record<string, z.ZodType>;

export type LiveKind = keyof typeof liveRecords;
export const liveKinds = Object.keys(liveRecords) as [LiveKind, ...LiveKind[]];
export type LiveRecord<Kind extends LiveKind> = z.infer<(typeof liveRecords)[Kind]>;

/**
 * The number that the organization's object gave to a change: one more with each change of the same
 * kind. An answer to a change has the same number as its frame. Left out where the object could not be
 * reached.
 */
export const changeVersion = z.int().positive().optional();
