import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationSummary } from '../../../../protocol/conversation/conversation.ts';
import { minute, summary } from '../summary.fixture.ts';
import { emptyRows, newest, type Rows, withChange, withPage } from './rows.ts';

const at = (id: string, time: number, change: Partial<ConversationSummary> = {}) =>
  summary({ id, last_message_at: minute(time), ...change });
const ids = (rows: Rows) => rows.items.map((row) => row.id);
const same = (row: ConversationSummary) => row;
const loaded = (items: ConversationSummary[], next_cursor: string | null = null) =>
  withPage(emptyRows('activity'), { items, next_cursor }, same, () => true);

describe('newest', () => {
  it('holds to the higher version, in whichever order they come', () => {
    const [old, newer] = [summary({ version: 3 }), summary({ version: 4, status: 'active' })];
    expect(newest(old, newer).status).toBe('active');
    expect(newest(newer, old).status).toBe('active');
    expect(newest(undefined, old)).toBe(old);
  });

  it('never moves a read mark back', () => {
    const read = summary({ version: 3, agent_read_seq: 7, visitor_read_seq: 2 });
    const moved = newest(read, summary({ version: 4, agent_read_seq: 5, visitor_read_seq: 6 }));
    expect(moved).toMatchObject({ version: 4, agent_read_seq: 7, visitor_read_seq: 6 });
  });

  it('never moves an agent’s own mark back, whichever state has it', () => {
    const read = summary({ version: 3, agent_reads: { me: 7, tom: 2 } });
    const later = summary({ version: 4, agent_reads: { me: 5, tom: 6 } });
    for (const state of [newest(read, later), newest(later, read)]) {
      expect(state).toMatchObject({ version: 4, agent_reads: { me: 7, tom: 6 } });
    }
    // A state from before these marks knows of none.
    expect(newest(read, summary({ version: 4, agent_reads: null })).agent_reads).toEqual({
      me: 7,
      tom: 2,
    });
  });

  it('has the same marks in whichever order the states come, and however often', () => {
    const reads = fc.dictionary(fc.constantFrom('everyone', 'me', 'tom'), fc.nat({ max: 9 }));
    const state = fc.record({
      version: fc.integer({ min: 1, max: 5 }),
      agent_reads: fc.option(reads, { nil: null }),
      agent_read_seq: fc.nat({ max: 9 }),
    });
    const last = (states: readonly ConversationSummary[]) =>
      states.reduce<ConversationSummary | undefined>(newest, undefined);
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 8 }), fc.nat(), (changes, turn) => {
        const states = changes.map(summary);
        const at = turn % states.length;
        const turned = [...states.slice(at), ...states.slice(0, at), ...states].reverse();
        const [there, again] = [last(states), last(turned)];
        expect(again?.agent_reads).toEqual(there?.agent_reads);
        expect(again?.agent_read_seq).toBe(there?.agent_read_seq);
        expect(again?.version).toBe(there?.version);
      }),
    );
  });

  it('keeps where an unnamed visitor comes from, which not every source knows', () => {
    const customer = { id: 'w1', full_name: null, email: null };
    const withCity = summary({ customer: { ...customer, city: 'Austin' } });
    expect(newest(withCity, summary({ customer, version: 2 })).customer.city).toBe('Austin');
  });
});

describe('withChange', () => {
  it('sorts a conversation by its last message', () => {
    const rows = loaded([at('c', 30), at('b', 20), at('a', 10)]);
    expect(ids(withChange(rows, at('a', 40), true))).toEqual(['a', 'c', 'b']);
    expect(ids(withChange(rows, at('d', 25), true))).toEqual(['c', 'd', 'b', 'a']);
  });

  it('removes conversations that no longer belong, and adds none that do not', () => {
    const rows = loaded([at('b', 20), at('a', 10)]);
    expect(ids(withChange(rows, at('b', 20), false))).toEqual(['a']);
    expect(withChange(rows, at('x', 50), false)).toBe(rows);
  });

  it('does not insert below the loaded rows', () => {
    const rows = loaded([at('c', 30), at('b', 20)], 'next');
    expect(ids(withChange(rows, at('a', 10), true))).toEqual(['c', 'b']);
    expect(ids(withChange(rows, at('a', 25), true))).toEqual(['c', 'a', 'b']);
  });

  it('adds nothing to a search, and updates its rows', () => {
    const rows = loaded([at('b', 20), at('a', 10)]);
    expect(ids(withChange(rows, at('x', 50), true, false))).toEqual(['b', 'a']);
    expect(ids(withChange(rows, at('a', 50), true, false))).toEqual(['a', 'b']);
  });

  it('sorts conversations without messages by their start', () => {
    const silent = summary({ id: 's', last_message_at: null, created_at: minute(15) });
    expect(ids(withChange(loaded([at('b', 20), at('a', 10)]), silent, true))).toEqual([
      'b',
      's',
      'a',
    ]);
  });
});

it('sorts the longest waiting first, regardless of later messages', () => {
  const since = (id: string, time: number, lastMessage = time) =>
    at(id, lastMessage, { created_at: minute(time) });
  const page = { items: [since('a', 10, 50), since('c', 30)], next_cursor: 'next' };
  const rows = withPage(emptyRows('waiting'), page, same, () => true);
  expect(ids(rows)).toEqual(['a', 'c']);
  expect(ids(withChange(rows, since('b', 20, 55), true))).toEqual(['a', 'b', 'c']);
  expect(ids(withChange(rows, since('d', 40), true))).toEqual(['a', 'c']);
  expect(ids(withChange(rows, since('a', 10, 58), true))).toEqual(['a', 'c']);
});

describe('withPage', () => {
  it('inserts each row of a later page at its exact place, without duplicates', () => {
    const first = loaded([at('d', 40), at('b', 20)], 'next');
    const page = { items: [at('c', 30), at('b', 20), at('a', 10)], next_cursor: null };
    const rows = withPage(first, page, same, () => true);
    expect(ids(rows)).toEqual(['d', 'c', 'b', 'a']);
    expect(rows).toMatchObject({ cursor: null, floor: null });
  });

  it('continues after an empty page, whose rows the agent cannot see', () => {
    const none = { items: [], next_cursor: 'further' };
    const nothing = loaded([], 'further');
    expect(nothing).toMatchObject({ items: [], cursor: 'further', floor: null });
    const some = withPage(loaded([at('b', 20)], 'next'), none, same, () => true);
    expect(some).toMatchObject({ cursor: 'further', floor: { id: 'b' } });
    const end = withPage(some, { items: [at('a', 10)], next_cursor: null }, same, () => true);
    expect(ids(end)).toEqual(['b', 'a']);
    expect(end.cursor).toBeNull();
  });

  it('prefers the socket’s state if the page is older', () => {
    const fromSocket = at('a', 50, { version: 9, status: 'closed' });
    const page = { items: [at('b', 20), at('a', 10)], next_cursor: null };
    const open = (row: ConversationSummary) => row.status !== 'closed';
    expect(
      ids(
        withPage(emptyRows('activity'), page, (row) => (row.id === 'a' ? fromSocket : row), open),
      ),
    ).toEqual(['b']);
  });
});

it('P3: pages and changes in any order produce the server’s list', () => {
  const conversation = fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
    time: fc.integer({ min: 0, max: 59 }),
    open: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(conversation, { maxLength: 40 }),
      fc.infiniteStream(fc.nat()),
      (changes, random) => {
        const belongs = (row: ConversationSummary) => row.status !== 'closed';
        const states = changes.map(({ id, time, open }, index) =>
          at(id, time, { version: index + 1, status: open ? 'active' : 'closed' }),
        );
        const shuffled = states
          .map((state) => ({ state, key: random.next().value ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ state }) => state);
        const newestById = new Map<string, ConversationSummary>();
        let rows = emptyRows('activity');
        for (const state of shuffled) {
          const latest = newest(newestById.get(state.id), state);
          newestById.set(state.id, latest);
          rows = withChange(rows, latest, belongs(latest));
        }
        const last = new Map(states.map((state) => [state.id, state]));
        const expected = [...last.values()]
          .filter(belongs)
          .sort((a, b) => {
            const times = (b.last_message_at ?? '').localeCompare(a.last_message_at ?? '');
            return times || b.id.localeCompare(a.id);
          })
          .map((state) => state.id);
        expect(ids(rows)).toEqual(expected);
      },
    ),
  );
});
