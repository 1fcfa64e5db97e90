import { createRoot, createSignal } from 'solid-js';
import { describe, expect, it } from 'vitest';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { inList, type QueueId, queueFilter } from '../queues/queues.ts';
import { minute, summary } from '../summary.fixture.ts';
import { emptyRows, type Rows, withChange, withPage } from './rows.ts';
import { createStaying } from './staying.ts';

const ME = { id: 'me', name: 'I' };
const TOM = { id: 'tom', name: 'Tom' };
const answered = { assignee: ME, status: 'active', waiting_since: null, version: 2 } as const;

const at = (id: string, time: number, change: Partial<ConversationSummary> = {}) =>
  summary({ id, last_message_at: minute(time), ...change });
const START = [at('c', 30), at('b', 20), at('a', 10)];

/** A list as the store has it, with the rows c, b and a. */
function list(queue: QueueId) {
  return createRoot(() => {
    const [filter] = createSignal(queueFilter(queue));
    const staying = createStaying(ME.id, filter);
    const same = (row: ConversationSummary) => row;
    const load = (items: ConversationSummary[]) =>
      withPage(emptyRows('activity'), { items, next_cursor: null }, same, () => true);
    const states: Record<string, ConversationSummary> = {};
    let rows: Rows = load(START);
    return {
      staying,
      states,
      change(state: ConversationSummary): void {
        states[state.id] = state;
        const isInList = inList(state, filter(), ME.id);
        if (!staying.keeps(rows, state, isInList)) rows = withChange(rows, state, isInList);
      },
      reload(items: ConversationSummary[]): void {
        rows = staying.withStaying(load(items), rows);
      },
      ids: () => rows.items.map(({ id }) => id),
    };
  });
}

describe('a row that I answered', () => {
  it('stays in Unassigned, in its place, until I leave the queue', () => {
    const { staying, change, ids, states } = list('unassigned');
    change(at('a', 50, answered));
    expect(ids()).toEqual(['c', 'b', 'a']);
    expect(staying.has('a')).toBe(true);
    expect(staying.open('b', states)).toEqual([]);
    expect(staying.leave()).toEqual(['a']);
    expect(staying.has('a')).toBe(false);
  });

  it('stays when the list is loaded again', () => {
    const { change, reload, ids } = list('unassigned');
    change(at('b', 50, answered));
    reload([START[0] ?? at('c', 30), at('a', 10)]);
    expect(ids()).toEqual(['c', 'b', 'a']);
  });

  it('goes when it is closed, or handed on', () => {
    for (const next of [{ status: 'closed' }, { assignee: TOM }] as const) {
      const { change, ids, staying } = list('unassigned');
      change(at('a', 50, answered));
      change(at('a', 50, { ...answered, ...next, version: 3 }));
      expect(ids()).toEqual(['c', 'b']);
      expect(staying.has('a')).toBe(false);
    }
  });

  it('is a row like the others once it is unassigned again', () => {
    const { change, ids, staying } = list('unassigned');
    change(at('a', 50, answered));
    change(at('a', 55, { version: 3 }));
    expect(ids()).toEqual(['a', 'c', 'b']);
    expect(staying.has('a')).toBe(false);
  });

  it('does not come into a list in which it was not', () => {
    const { change, ids } = list('unassigned');
    change(at('x', 50, answered));
    expect(ids()).toEqual(['c', 'b', 'a']);
  });
});

describe('the open conversation', () => {
  it('never vanishes under the reader, and goes when another one is opened', () => {
    const { staying, change, ids, states } = list('all');
    staying.open('b', states);
    change(at('b', 20, { status: 'closed', version: 2 }));
    expect(ids()).toEqual(['c', 'b', 'a']);
    expect(staying.has('b')).toBe(true);
    expect(staying.open('a', states)).toEqual(['b']);
    expect(staying.has('b')).toBe(false);
  });

  it('others leave at once', () => {
    const { staying, change, ids, states } = list('all');
    staying.open('b', states);
    change(at('a', 10, { status: 'closed', version: 2 }));
    expect(ids()).toEqual(['c', 'b']);
  });
});
