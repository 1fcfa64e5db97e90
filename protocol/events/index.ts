import { z } from 'zod';
import type { Actor } from '../actor.ts';
import type { State } from '../state.ts';
import { assigned } from './assigned.ts';
import { assigneeRenamed } from './assignee-renamed.ts';
import { closed } from './closed.ts';
import { customerChanged } from './customer-changed.ts';
import type { EventDefinition } from './define.ts';
import { deleted } from './deleted.ts';
import { departmentChanged } from './department-changed.ts';
import { edited } from './edited.ts';
import { joined } from './joined.ts';
import { labelsChanged } from './labels-changed.ts';
import { priorityChanged } from './priority-changed.ts';
import { rated } from './rated.ts';
import { reopened } from './reopened.ts';
import { sessionsEnded } from './sessions-ended.ts';
import { snoozed } from './snoozed.ts';
import { visitorBlocked } from './visitor-blocked.ts';
import { woke } from './woke.ts';

/** What an event says happened, for the reader's own language; `body` says it in English. */
export const conversationEvent = z.discriminatedUnion('type', [
  joined.schema,
  assigned.schema,
  departmentChanged.schema,
  closed.schema,
  reopened.schema,
  snoozed.schema,
  woke.schema,
  rated.schema,
  edited.schema,
  deleted.schema,
  labelsChanged.schema,
  priorityChanged.schema,
  assigneeRenamed.schema,
  customerChanged.schema,
  visitorBlocked.schema,
  sessionsEnded.schema,
]);
export type ConversationEvent = z.infer<typeof conversationEvent>;

type EventType = ConversationEvent['type'];
type EventOf<Type extends EventType> = {
  [T in Type]: Extract<ConversationEvent, { type: T }>;
}[Type];

/** One definition for each type; a type without one does not compile. */
const definitions: { [Type in EventType]: EventDefinition<z.ZodType<EventOf<Type>>> } = {
  joined,
  assigned,
  department_changed: departmentChanged,
  closed,
  reopened,
  snoozed,
  woke,
  rated,
  edited,
  deleted,
  labels_changed: labelsChanged,
  priority_changed: priorityChanged,
  assignee_renamed: assigneeRenamed,
  customer_changed: customerChanged,
  visitor_blocked: visitorBlocked,
  sessions_ended: sessionsEnded,
};

/** Whether the visitor sees the event. */
export function isPublicEvent<Type extends EventType>(event: EventOf<Type>): boolean {
  const type: Type = event.type;
  return definitions[type].isPublic(event);
}

/** What an event says in English. */
export function describeEvent<Type extends EventType>(event: EventOf<Type>): string {
  const type: Type = event.type;
  return definitions[type].describe(event);
}

/** The conversation after an event; see `EventDefinition.apply`. */
export function applyEvent<Type extends EventType>(
  state: State,
  event: EventOf<Type>,
  entry: { at: string; by: Actor },
): State {
  const type: Type = event.type;
  return definitions[type].apply(state, event, entry);
}
