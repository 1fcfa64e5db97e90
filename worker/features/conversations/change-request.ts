import { z } from 'zod';
import { priority } from '../../../protocol/conversation/conversation-fields.ts';
import { MAX_LABELS_EACH } from '../../../protocol/limits.ts';
import { uuid } from '../../http/input/params.ts';

/** What an agent may change of a conversation. */
export const changeRequest = z.object({
  status: z.enum(['active', 'snoozed', 'closed']).optional(),
  /**
   * With `snoozed`: when it comes back, later than the server's clock has it now; null or nothing:
   * when the visitor writes.
   */
  snoozedUntil: z.iso
    .datetime()
    .refine((time) => Date.parse(time) > Date.now(), { message: 'Choose a time in the future.' })
    .nullable()
    .optional(),
  closedReason: z.enum(['resolved', 'spam']).optional(),
  assigneeId: z.string().max(100).nullable().optional(),
  departmentId: uuid.optional(),
  priority: priority.optional(),
  addLabels: z.array(uuid).max(MAX_LABELS_EACH).optional(),
  removeLabels: z.array(uuid).max(MAX_LABELS_EACH).optional(),
  /** The agent has seen the note that names them. */
  mentionSeen: z.literal(true).optional(),
});
