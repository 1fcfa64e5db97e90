import { getTableColumns } from 'drizzle-orm';
import { describe, expect, test } from 'vitest';
import { fromColumns, toColumns } from '../../../drizzle/conversation-columns.ts';
import { sqliteTables } from '../../../drizzle/dialects.ts';
import {
  conversationSummary,
  visitorConversation,
} from '../../../protocol/conversation/conversation.ts';
import { conversationFields } from '../../../protocol/conversation/conversation-fields.ts';
import { initialState, type State } from '../../../protocol/conversation/state.ts';
import { FOUNDING } from '../../test/server.ts';
import { toState } from '../log/log-rows.ts';
import { agentView, visitorView } from './state.ts';

/** What derives from the list of fields: the state, its row, and what agents and visitors are told. */

const first = initialState(FOUNDING);
const TIME = '2026-11-29T09:00:00.000Z';

/** A state in which the fields have other values than at first. */
const later: State = {
  ...first,
  version: first.version + 1,
  department_id: 'support',
  status: 'closed',
  shelf: 'closed',
  assignee: { id: 'amos', name: 'Amos' },
  closed_reason: 'resolved',
  closed_by: { kind: 'agent', id: 'amos', name: 'Amos' },
  closed_at: TIME,
  priority: 'high',
  snoozed_until: TIME,
  label_ids: ['bug'],
  mentions: [{ user_id: 'bea', seq: 2, seen: true }],
  rating: { score: 4, comment: 'Thanks' },
  ratings: 1,
  reopens: true,
  last_seq: 3,
  last_public_seq: 2,
  last_message_seq: 1,
  last_message_preview: 'Hello',
  last_message_at: TIME,
  last_sender: 'agent',
  activity_at: TIME,
  message_count: 2,
  visitor_read_seq: 1,
  agent_read_seq: 3,
  agent_reads: { amos: 3, bea: 1 },
  waiting_since: TIME,
  first_response_at: TIME,
};

const namesFor = (...audience: string[]) =>
  Object.entries(conversationFields)
    .filter(([, { visibleTo }]) => audience.includes(visibleTo))
    .map(([name]) => name);

describe('P7: the row of a conversation', () => {
  test('has a column for all that derives from its state', () => {
    const columns = Object.keys(getTableColumns(sqliteTables.conversations));
    expect(Object.keys(toColumns(later)).filter((name) => !columns.includes(name))).toEqual([]);
  });

  test.each([
    ['as it begins', first],
    ['later on', later],
  ])('gives back the state that was written, %s', (_, state) => {
    const { last_message_seq: _seq, ratings: _ratings, reopens: _reopens, ...inRow } = state;
    expect(fromColumns(toColumns(state), null)).toEqual(inRow);
  });

  test('has the assignee’s current name', () => {
    expect(fromColumns(toColumns(later), 'Amos M.').assignee).toEqual({
      id: 'amos',
      name: 'Amos M.',
    });
  });
});

describe('P11: the views of a state', () => {
  test('to agents is what they may see, in the shape of a summary', () => {
    const shown = agentView(FOUNDING, later);
    expect(Object.keys(shown)).toEqual(expect.arrayContaining(namesFor('agents', 'everyone')));
    expect(
      Object.keys(shown).filter((name) => namesFor('nobody', 'visitor').includes(name)),
    ).toEqual([]);
    const summary = conversationSummary.safeParse({ ...shown, id: crypto.randomUUID() });
    expect(summary.error).toBeUndefined();
  });

  test('to its visitor is what everyone may see, and no more', () => {
    const shown = visitorView(FOUNDING, later);
    expect(Object.keys(shown)).toEqual(['id', ...namesFor('everyone', 'visitor')]);
    const head = visitorConversation.safeParse({ ...shown, id: crypto.randomUUID() });
    expect(head.error).toBeUndefined();
  });
});

test('a state from before a field was added has the field’s first value', () => {
  // The first conversations' rows.
  const row = {
    version: 1,
    department_id: 'sales',
    status: 'closed',
    assignee: null,
    closed_reason: 'spam',
    priority: 'normal',
    snoozed_until: null,
    last_seq: 1,
    last_public_seq: 1,
    last_message_preview: 'Buy!',
    last_message_at: TIME,
    last_sender: 'visitor',
    activity_at: TIME,
    message_count: 1,
    agent_read_seq: 0,
    visitor_read_seq: 1,
    waiting_since: null,
    first_response_at: null,
    closed_at: TIME,
  };
  expect(toState(JSON.stringify(row))).toEqual({
    ...row,
    shelf: 'closed',
    closed_by: null,
    label_ids: [],
    mentions: [],
    agent_reads: null,
    rating: null,
    last_message_seq: 0,
  });
});

test('two conversations share no first value', () => {
  expect(initialState(FOUNDING).label_ids).not.toBe(initialState(FOUNDING).label_ids);
});
