import { z } from 'zod';
import { conversationFields } from './conversation-fields.ts';
import { type Beginning, firstValues, pick, storedShape, visibleNames } from './field.ts';

/**
 * What of a conversation changes. It is written whole with every entry of the log, so that the last
 * row is all one needs to wake. A field that a row does not have yet reads as its first value.
 */
export const conversationState = z.object(storedShape(conversationFields));
export type State = z.infer<typeof conversationState>;

/** A new conversation's state: the visitor waits from the moment it was made. */
export function initialState(beginning: Beginning): State {
  return conversationState.parse(firstValues(conversationFields, beginning));
}

const AGENTS = visibleNames(conversationFields, ['everyone', 'agents']);
const VISITOR = visibleNames(conversationFields, ['everyone', 'visitor']);

/** The fields of a state that agents are told. */
export function visibleToAgents(state: Pick<State, (typeof AGENTS)[number]>) {
  return pick(state, AGENTS);
}

/** The fields of a state that its visitor is told, as they are. */
export function visibleToVisitor(state: State) {
  return pick(state, VISITOR);
}

/** The state of a conversation that is back among those that are open. */
export function wake(state: State): State {
  const status = state.first_response_at ? 'active' : 'waiting';
  return { ...state, status, shelf: 'open', snoozed_until: null };
}
