import { z } from 'zod';
import { actor } from '../conversation/actor.ts';
import { customerChanged } from '../events/customer-changed.ts';
import { sessionsEnded } from '../events/sessions-ended.ts';
import { visitorBlocked } from '../events/visitor-blocked.ts';

/** What can happen to a customer; their open conversations have the same events. */
const customerEvent = z.discriminatedUnion('type', [
  customerChanged.schema,
  visitorBlocked.schema,
  sessionsEnded.schema,
]);
export type CustomerEvent = z.infer<typeof customerEvent>;

/** What happened to a customer, and who did it. */
export const customerEntry = z.object({
  id: z.uuid(),
  event: customerEvent,
  by: actor,
  created_at: z.iso.datetime(),
});
export type CustomerEntry = z.infer<typeof customerEntry>;
