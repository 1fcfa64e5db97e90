import type { LiveKind, LiveRecord } from '../../protocol/resources/live.ts';
import type { Database } from '../database/database.ts';
import { listCannedResponses } from '../features/canned-responses/store.ts';
import { listDepartments } from '../features/departments/store.ts';
import { listIdentitySecrets } from '../features/identity/store.ts';
import { listLabels } from '../features/labels/store.ts';
import { listSchedules } from '../features/schedules/store.ts';
import { listMembers } from '../features/settings/store.ts';

/** The kinds whose list is the same for everybody who may read it. */
export type SharedKind = Exclude<LiveKind, 'settings' | 'team' | 'views' | 'invitations'>;

type Lists = {
  [Kind in SharedKind]: (
    db: Database,
    organizationId: string,
  ) => Promise<readonly LiveRecord<Kind>[]>;
};

/** How each list is read: what the list's route answers, and what frames carry of it. */
export const lists: Lists = {
  departments: listDepartments,
  canned_responses: listCannedResponses,
  labels: listLabels,
  schedules: listSchedules,
  members: listMembers,
  identity_secrets: listIdentitySecrets,
};
