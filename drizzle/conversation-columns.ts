import { conversationFields } from '../protocol/conversation/conversation-fields.ts';
import type { ColumnKind } from '../protocol/conversation/field.ts';
import type { State } from '../protocol/conversation/state.ts';

/** How a conversation's state stands in its row, both ways. */

type Fields = typeof conversationFields;

/** The fields that have a column of the same name. */
type OwnColumn = {
  [Name in keyof Fields]: Fields[Name] extends { column: ColumnKind } ? Name : never;
}[keyof Fields];

type InRow<Name extends OwnColumn> = Fields[Name]['column'] extends 'time'
  ? Date | Extract<State[Name], null>
  : State[Name];

/** The columns of a row that its conversation's state fills. */
export type StateColumns = { [Name in OwnColumn]: InRow<Name> } & {
  assignee_id: string | null;
  assignee_name: string | null;
  rating: number | null;
  rating_comment: string | null;
};

const isOwnColumn = (name: keyof Fields): name is OwnColumn => 'column' in conversationFields[name];
const OWN = (Object.keys(conversationFields) as (keyof Fields)[]).filter(isOwnColumn);

/** A time as every database holds it: what is before the year 1 is its beginning. */
export function storableTime(time: string): Date {
  return new Date(Math.max(Date.parse(time), FIRST_TIME));
}

const FIRST_TIME = Date.parse('0001-01-01T00:00:00.000Z');

/** The columns of a state. */
export function toColumns(state: State): StateColumns {
  const own = OWN.map((name) => {
    const value = state[name];
    const isTime = conversationFields[name].column === 'time' && typeof value === 'string';
    return [name, isTime ? storableTime(value) : value];
  });
  const { assignee, rating } = state;
  return {
    ...(Object.fromEntries(own) as { [Name in OwnColumn]: InRow<Name> }),
    assignee_id: assignee?.id ?? null,
    assignee_name: assignee?.name ?? null,
    rating: rating?.score ?? null,
    rating_comment: rating?.comment ?? null,
  };
}

/**
 * The fields of the state that a row has.
 *
 * @param assigneeName what the assignee is called now; null for an account that is gone: then the row
 *   has the name that they had when the conversation was last open
 */
export function fromColumns(row: StateColumns, assigneeName: string | null) {
  const own = OWN.map((name) => {
    const value = row[name];
    return [name, value instanceof Date ? value.toISOString() : value];
  });
  const { assignee_id, assignee_name, rating, rating_comment } = row;
  return {
    ...(Object.fromEntries(own) as Pick<State, OwnColumn>),
    assignee:
      assignee_id === null ? null : { id: assignee_id, name: assigneeName ?? assignee_name ?? '' },
    rating: rating === null ? null : { score: rating, comment: rating_comment },
  };
}
