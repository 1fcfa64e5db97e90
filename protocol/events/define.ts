import type { z } from 'zod';
import type { Actor } from '../conversation/actor.ts';
import type { State } from '../conversation/state.ts';

/** Everything that a type of event is: one object for each, in a file of its own. */
export type EventDefinition<Schema extends z.ZodType = z.ZodType> = {
  /** What the event carries, its `type` included. */
  schema: Schema;
  /** Whether the visitor sees it. What a visitor must not know is for agents alone. */
  isPublic(event: z.infer<Schema>): boolean;
  /** What it means, for the tables of docs/protocol.md. */
  means: string;
  /**
   * What it says in English: what agents read, with who did it, and visitors whose widget has no text
   * of its own for the type.
   */
  describe(event: z.infer<Schema>): string;
  /**
   * The conversation after it.
   *
   * @param state the state with the entry's `seq` and `version`
   * @param entry when it happened (ISO 8601), and who did it
   */
  apply(state: State, event: z.infer<Schema>, entry: { at: string; by: Actor }): State;
};

/** An event's definition, with its types checked against its schema. */
export function defineEvent<Schema extends z.ZodType>(
  definition: EventDefinition<Schema>,
): EventDefinition<Schema> {
  return definition;
}

/** For events that every visitor sees. */
export const everyone = () => true;

/** For events that only agents see. */
export const agentsOnly = () => false;
