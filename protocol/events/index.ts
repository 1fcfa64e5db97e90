import { z } from 'zod';
import type { Actor } from '../conversation/actor.ts';
import type { State } from '../conversation/state.ts';
import * as all from './all.ts';
import type { EventDefinition } from './define.ts';

const list = Object.values(all);
type EventSchema = (typeof list)[number]['schema'];

/** What an event says happened, for the reader's own language; `body` says it in English. */
export const conversationEvent = z.discriminatedUnion(
  'type',
  list.map(({ schema }) => schema) as [EventSchema, ...EventSchema[]],
);
export type ConversationEvent = z.infer<EventSchema>;

type EventType = ConversationEvent['type'];
type EventOf<Type extends EventType> = {
  [T in Type]: Extract<ConversationEvent, { type: T }>;
}[Type];

/** The definition of each type. */
const definitions = Object.fromEntries(
  list.map((definition) => [definition.schema.shape.type.value, definition]),
) as unknown as { [Type in EventType]: EventDefinition<z.ZodType<EventOf<Type>>> };

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
