import { z } from 'zod';
import { storedActor } from '../conversation/actor.ts';
import { ACTIVITY_DAYS } from './activity-kinds.ts';

/** The activity log: who did what, when, and to what. */

/** How somebody signed in. A code of the second factor follows a password or a mailed link. */
export const signInWay = z.enum([
  'password',
  'link',
  'passkey',
  'code',
  'backup_code',
  'invitation',
  'setup',
]);
export type SignInWay = z.infer<typeof signInWay>;

export const activityValue = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.null(),
  z.array(z.string()),
]);
export type ActivityValue = z.infer<typeof activityValue>;

export const activityValues = z.record(z.string(), activityValue);
export type ActivityValues = z.infer<typeof activityValues>;

/**
 * An activity as owners and admins read it. `kind` and `area` are texts: a newer version may know
 * more of them. `subject.name` is what it was called then; customers and conversations have none.
 */
export const activityRecord = z.object({
  id: z.uuid(),
  at: z.iso.datetime(),
  area: z.string(),
  kind: z.string(),
  actor: storedActor,
  subject: z
    .object({ type: z.string(), id: z.uuid().nullable(), name: z.string().nullable() })
    .nullable(),
  before: activityValues.nullable(),
  after: activityValues.nullable(),
});
export type ActivityRecord = z.infer<typeof activityRecord>;

export const activityDays = z.literal(ACTIVITY_DAYS).nullable();

/** How an organization keeps its activity log. */
export const activitySettings = z.object({
  /** Days after which activity is deleted; null: never. */
  kept_days: z.number().int().nullable(),
  /** Whether what is done with conversations is recorded, too. */
  conversations: z.boolean(),
});
export type ActivitySettings = z.infer<typeof activitySettings>;
