import { z } from 'zod';

/** Why a conversation ended. */
export const closedReason = z.enum([
  'resolved',
  'department_changed',
  'visitor_left',
  'inactive',
  'spam',
]);
export type ClosedReason = z.infer<typeof closedReason>;
