import { beforeAll, describe, expect, test } from 'vitest';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import { foundingOf } from '../../conversation/calls/call-conversation.ts';
import { ACTIVITY_STEP_MS, initialState } from '../../conversation/state/state.ts';
import { countQueues } from '../../features/conversations/store/counts.ts';
import {
  listConversations,
  listForVisitor,
  listOfCustomer,
} from '../../features/conversations/store/lists.ts';
import { findFounding } from '../../features/conversations/store/one.ts';
import { startConversation } from '../../features/conversations/store/start.ts';
import { listCustomers } from '../../features/customers/list-store.ts';
import { closed, type Fixture, NOW, walk } from './fixture.ts';

/** The part of the store's contract that is about lists: their pages, filters and counts. */
export function describeLists(fixtureOf: () => Fixture): void {
  let fixture: Fixture;

  describe('lists', () => {
    const STATUSES = ['waiting', 'active', 'snoozed', 'closed'] as const;
    let all: ConversationSummary[];

    beforeAll(async () => {
      fixture = fixtureOf();
      for (const summary of await fixture.queue(fixture.world.acme.id, {}, 50)) {
        const founding = await findFounding(fixture.open(), fixture.world.acme.id, summary.id);
        if (!founding) throw new Error('It was listed a moment ago.');
        const began = foundingOf(founding.conversation, founding.customer);
        const state = initialState(began);
        const version = summary.version + 1;
        await fixture.projection.write(began, { ...state, ...closed, version }, state);
      }
      const { users, sales, billing } = fixture.world.acme;
      const people = [null, ...users.map((id, index) => ({ id, name: `Agent ${index}` }))];
      for (let n = 0; n < 48; n += 1) {
        const status = STATUSES[n % 4] ?? 'waiting';
        const started = await fixture.start({
          department_id: n % 3 === 0 ? sales : billing,
          details: { full_name: `Customer ${n % 5}`, email: `c${n}@example.org` },
          now: new Date(NOW + n),
        });
        await fixture.become(started, {
          status,
          closed_at: status === 'closed' ? closed.closed_at : null,
          assignee: people[Math.floor(n / 4) % people.length] ?? null,
          last_message_preview: n % 2 ? 'An odd word' : 'Even words',
          // Four steps of activity, with a dozen rows to each.
          last_message_at: new Date(NOW + (n % 4) * ACTIVITY_STEP_MS + n).toISOString(),
          activity_at: new Date(NOW + (n % 4) * ACTIVITY_STEP_MS).toISOString(),
        });
      }
      const listed = [
        ...(await fixture.queue(fixture.world.acme.id, {}, 100)),
        ...(await fixture.queue(fixture.world.acme.id, { status: 'snoozed' }, 100)),
        ...(await fixture.queue(fixture.world.acme.id, { status: 'closed' }, 100)),
      ];
      all = listed.filter(({ message_count }) => message_count === 0);
      all = all.filter(({ last_message_at }) => last_message_at !== null);
      expect(all).toHaveLength(48);
    });

    const step = ({ last_message_at }: ConversationSummary) =>
      Math.floor((Date.parse(last_message_at ?? '') - NOW) / ACTIVITY_STEP_MS);
    const ownIds = (summaries: ConversationSummary[]) =>
      summaries.filter(({ id }) => all.some((item) => item.id === id)).map(({ id }) => id);

    test.each([1, 3, 7, 50])('pages of %i walk every row once, in order', async (limit) => {
      const page = await fixture.queue(fixture.world.acme.id, {}, limit);
      const ids = ownIds(page);
      expect(new Set(ids).size).toBe(ids.length);
      expect([...ids].sort()).toEqual(
        all
          .filter(({ status }) => status !== 'closed' && status !== 'snoozed')
          .map(({ id }) => id)
          .sort(),
      );
      const steps = page.filter(({ last_message_at }) => last_message_at).map(step);
      expect(steps).toEqual([...steps].sort((a, b) => b - a));
      const waiting = await fixture.queue(fixture.world.acme.id, { sort: 'waiting' }, limit);
      expect(waiting.map(({ created_at }) => created_at)).toEqual(
        waiting.map(({ created_at }) => created_at).sort(),
      );
      expect(ownIds(waiting).sort()).toEqual(
        all
          .filter(({ status }) => status === 'waiting')
          .map(({ id }) => id)
          .sort(),
      );
    });

    test('every filter, alone and with every other, finds exactly what it says', async () => {
      const { users, sales } = fixture.world.acme;
      for (const status of ['open', ...STATUSES] as const) {
        for (const assignee of [undefined, { id: null }, { id: users[1] ?? '' }]) {
          for (const department of [undefined, sales]) {
            for (const q of [undefined, 'customer 3', 'C7@EXAMPLE', 'odd']) {
              const page = await fixture.queue(
                fixture.world.acme.id,
                { status, assignee, department, q },
                20,
              );
              const wanted = all.filter(
                (item) =>
                  (status === 'open'
                    ? item.status === 'waiting' || item.status === 'active'
                    : item.status === status) &&
                  (!assignee || (item.assignee?.id ?? null) === assignee.id) &&
                  (!department || item.department_id === department) &&
                  (!q || textOf(item).includes(q.toLowerCase())),
              );
              const what = JSON.stringify({ status, assignee, department, q });
              expect(ownIds(page).sort(), what).toEqual(wanted.map(({ id }) => id).sort());
            }
          }
        }
      }
    });

    test('a search takes wildcards and quotes as they are', async () => {
      const names = ['100% sure', 'snake_case', 'back\\slash', "O'Hara", 'Ärzte'];
      for (const full_name of names) await fixture.start({ details: { full_name } });
      const search = async (q: string) => {
        const customers = await listCustomers(fixture.open(), fixture.world.acme.id, {
          sort: 'first_seen',
          limit: 50,
          q,
        });
        const conversations = await fixture.queue(fixture.world.acme.id, { q }, 50);
        const names = conversations.map(({ customer }) => customer.full_name);
        expect(new Set(names)).toEqual(new Set(customers.items.map((item) => item.full_name)));
        return names;
      };
      expect(await search('%')).toEqual(['100% sure']);
      expect(await search('_')).toEqual(['snake_case']);
      expect(await search('\\')).toEqual(['back\\slash']);
      expect(await search("'")).toEqual(["O'Hara"]);
      expect(await search('Ärzte')).toEqual(['Ärzte']);
      expect(await search('SNAKE')).toEqual(['snake_case']);
      expect(await search(`${'long '.repeat(30)}%`)).toEqual([]);
    });

    test("a customer's conversations come newest first, in pages", async () => {
      const visitor_id = fixture.visitor();
      const ids: string[] = [];
      for (let n = 0; n < 7; n += 1) {
        // Two at each time: the id decides.
        const started = await fixture.start({ visitor_id, now: new Date(NOW + Math.floor(n / 2)) });
        await fixture.become(started, closed);
        ids.unshift(started.conversation.id);
      }
      const { id } = (await fixture.start({ visitor_id, now: new Date(NOW + 9) })).widget_customer;
      const forAgents = await walk((cursor) =>
        listOfCustomer(fixture.open(), fixture.world.acme.id, id, { limit: 3, cursor }),
      );
      expect(forAgents.slice(1).map((forAgent) => forAgent.id)).toEqual(ids);
      const forThem = await walk((cursor) =>
        listForVisitor(fixture.open(), fixture.world.acme.id, [id], { limit: 2, cursor }),
      );
      expect(forThem.map((item) => item.id)).toEqual(forAgents.map((forAgent) => forAgent.id));
    });

    test('customers come newest first, each once', async () => {
      const walked = await walk((cursor) =>
        listCustomers(fixture.open(), fixture.world.acme.id, {
          sort: 'first_seen',
          limit: 9,
          cursor,
        }),
      );
      const ids = walked.map(({ id }) => id);
      expect(ids).toEqual([...new Set(ids)].sort().reverse());
      expect(ids.length).toBeGreaterThan(48);
    });

    test('P9 a cursor of another list, or of none, is refused', async () => {
      const { items, next_cursor } = await listCustomers(fixture.open(), fixture.world.acme.id, {
        sort: 'first_seen',
        limit: 1,
      });
      expect(items).toHaveLength(1);
      for (const cursor of [next_cursor ?? '', 'nonsense']) {
        const query = { status: 'open', sort: 'activity', cursor, limit: 1 } as const;
        await expect(
          listConversations(fixture.open(), fixture.world.acme.id, query),
        ).rejects.toMatchObject({
          code: 'validation_failed',
          fields: { cursor: expect.any(String) },
        });
      }
    });

    test('queues are counted, to a cap and no further, with what is late', async () => {
      const cap = 100;
      const hour = 3_600_000;
      const { id, support } = fixture.world.globex;
      const make = (n: number) =>
        startConversation(
          fixture.open(),
          id,
          fixture.startOf({ department_id: support, now: new Date(NOW + n) }),
        );
      const [first] = await Promise.all([1, 2, 3].map(make));
      if (!first) throw new Error('Three were made.');
      const gus = crypto.randomUUID();
      await fixture.become(first, { assignee: { id: gus, name: 'Gus' } });
      const counts = (now = NOW + 4) =>
        countQueues(fixture.open(), id, { id: gus }, { now: new Date(now), cap });
      expect(await counts()).toEqual({
        unassigned: 2,
        mine: 1,
        mentions: 0,
        all: 3,
        snoozed: 0,
        departments: { [support]: 3 },
        labels: {},
        late: {
          unassigned: 0,
          mine: 0,
          as_of: new Date(NOW + 4).toISOString(),
          // The first of them began at NOW + 1, and too few were answered to expect less than an hour.
          next_in: hour - 3,
        },
        expected_seconds: {},
      });
      expect((await counts(NOW + 1 + hour)).late).toMatchObject({ next_in: 1 });
      const later = (await counts(NOW + 2 + hour)).late;
      expect((later?.unassigned ?? 0) + (later?.mine ?? 0)).toBe(2);
      for (let n = 0; n < cap; n += 1) await make(n);
      expect(await counts()).toMatchObject({
        unassigned: cap,
        mine: 1,
        all: cap,
        departments: { [support]: cap },
      });
    });
  });
}

/** What a search of the queues looks at. */
function textOf({ customer, last_message_preview }: ConversationSummary): string {
  return [customer.full_name, customer.email, last_message_preview].join('\n').toLowerCase();
}
