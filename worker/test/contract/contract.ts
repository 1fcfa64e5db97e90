import { beforeAll, describe, expect, test } from 'vitest';
import { MAX_CUSTOM_FIELDS } from '../../../protocol/limits.ts';
import { foundingOf } from '../../conversation/calls/call-conversation.ts';
import { initialState, type State } from '../../conversation/state/state.ts';
import { isConstraint, isDuplicate } from '../../database/database.ts';
import { countQueues } from '../../features/conversations/store/counts.ts';
import { listForVisitor, listOfCustomer } from '../../features/conversations/store/lists.ts';
import {
  findConversation,
  findForVisitor,
  findFounding,
  findOpenForVisitor,
  reserve,
} from '../../features/conversations/store/one.ts';
import { startConversation } from '../../features/conversations/store/start.ts';
import { listCustomers } from '../../features/customers/list-store.ts';
import { findByVisitor, findCustomer, updateCustomer } from '../../features/customers/store.ts';
import { listReceptions } from '../../features/departments/reception-store.ts';
import { listDepartments } from '../../features/departments/store.ts';
import { findDepartment, listMembers, readSettings } from '../../features/settings/store.ts';
import { closed, Fixture, NOW, type Subject } from './fixture.ts';
import { describeLists } from './lists.ts';
import { describeSettings } from './settings.ts';

/** What every database must do, whichever it is. */
export function describeStore(name: string, subject: Subject): void {
  let fixture: Fixture;

  describe(name, () => {
    beforeAll(async () => {
      fixture = await Fixture.settle(subject);
    });

    describe('P6 tenancy', () => {
      test("nothing of another organization's is found or changed", async () => {
        const { conversation, widget_customer: customer } = await fixture.start({
          details: { full_name: 'Ada' },
        });
        const db = fixture.open();
        const { id } = fixture.world.globex;
        const by = { kind: 'agent' as const, id: 'gus', name: 'Gus' };
        expect(await findConversation(db, id, conversation.id)).toBe(null);
        expect(await findForVisitor(db, id, [customer.visitor_id], conversation.id)).toBe(null);
        expect(await findOpenForVisitor(db, id, [customer.visitor_id])).toBe(null);
        expect(await findFounding(db, id, conversation.id)).toBe(null);
        expect(await findByVisitor(db, id, customer.visitor_id)).toBe(null);
        expect(await findCustomer(db, id, customer.id)).toBe(null);
        expect(await updateCustomer(db, id, customer.id, { full_name: 'Eve' }, by)).toBe(null);
        expect(await findDepartment(db, id, fixture.world.acme.billing)).toBe(null);
        expect((await listOfCustomer(db, id, customer.id, { limit: 9 })).items).toEqual([]);
        expect((await listForVisitor(db, id, [customer.id], { limit: 9 })).items).toEqual([]);
        expect((await listCustomers(db, id, { sort: 'last_seen', limit: 9 })).items).toEqual([]);
        expect(await fixture.queue(id, {})).toEqual([]);
        expect(await fixture.queue(id, { q: 'Ada' })).toEqual([]);
        expect(await countQueues(db, id, { id: fixture.world.globex.id })).toEqual({
          unassigned: 0,
          mine: 0,
          mentions: 0,
          all: 0,
          snoozed: 0,
          departments: { [fixture.world.globex.support]: 0 },
          labels: {},
          late: { unassigned: 0, mine: 0, as_of: expect.any(String), next_in: null },
          expected_seconds: {},
        });
        await reserve(db, id, conversation.id, { department_id: fixture.world.globex.support });
        const founding = { ...foundingOf(conversation, customer), organization_id: id };
        const state = { ...initialState(founding), last_seq: 9, version: NOW + 9 };
        await fixture.projection.write(founding, state, initialState(founding));
        expect(await findConversation(db, fixture.world.acme.id, conversation.id)).toMatchObject({
          department_id: fixture.world.acme.billing,
          last_seq: 0,
          customer: { full_name: 'Ada' },
        });
      });

      test('each has its own departments, people and settings', async () => {
        const db = fixture.open();
        const { acme, globex } = fixture.world;
        const names = async (id: string) => [
          (await listReceptions(db, id)).map((department) => department.name),
          (await listDepartments(db, id)).map((department) => department.name),
          (await listMembers(db, id)).map((member) => member.name),
          (await readSettings(db, id))?.public_key,
        ];
        const departments = ['Sales', 'Billing'];
        expect(await names(acme.id)).toEqual([
          departments,
          departments,
          ['Amos', 'Olive'],
          'wk_acme',
        ]);
        expect(await names(globex.id)).toEqual([['Support'], ['Support'], ['Gus'], 'wk_globex']);
      });

      test("a department of another organization's is refused, and nobody is made for it", async () => {
        const request = fixture.startOf({ department_id: fixture.world.globex.support });
        const made = startConversation(fixture.open(), fixture.world.acme.id, request);
        await expect(made).rejects.toSatisfy((error) => isConstraint(error) && !isDuplicate(error));
        expect(await findByVisitor(fixture.open(), fixture.world.acme.id, request.visitor_id)).toBe(
          null,
        );
      });

      test('the same visitor_id is somebody else elsewhere', async () => {
        const { widget_customer } = await fixture.start();
        const request = fixture.startOf({
          visitor_id: widget_customer.visitor_id,
          department_id: fixture.world.globex.support,
        });
        const there = await startConversation(fixture.open(), fixture.world.globex.id, request);
        expect(there.is_new).toBe(true);
        expect(there.widget_customer.id).not.toBe(widget_customer.id);
        await fixture.become(there, closed);
      });
    });

    describe('starting a conversation', () => {
      test('makes the customer and the conversation, and finds both again', async () => {
        const first = await fixture.start({
          pre_chat_data: { size: '1' },
          details: { full_name: 'Ada', email: 'ada@example.org' },
          page_url: 'https://shop.example/',
        });
        expect(first.is_new).toBe(true);
        expect(await fixture.row(first)).toMatchObject({
          status: 'waiting',
          version: NOW,
          pre_chat_data: { size: '1' },
          page_url: 'https://shop.example/',
          created_at: new Date(NOW).toISOString(),
          customer: { full_name: 'Ada', email: 'ada@example.org' },
          widget_customer: { custom_fields: { size: '1' }, total_conversations: 1 },
        });
        const again = await fixture.start({ visitor_id: first.widget_customer.visitor_id });
        expect(again).toMatchObject({ is_new: false, conversation: { id: first.conversation.id } });
        expect(again.widget_customer.total_conversations).toBe(1);
      });

      test('makes another in another department, and after one was closed; each is counted', async () => {
        const first = await fixture.start();
        const { visitor_id } = first.widget_customer;
        const other = await fixture.start({ visitor_id, department_id: fixture.world.acme.sales });
        expect(other).toMatchObject({ is_new: true, widget_customer: { total_conversations: 2 } });
        await fixture.become(first, closed);
        const third = await fixture.start({
          visitor_id,
          previous_conversation_id: first.conversation.id,
          now: new Date(NOW + 1_000),
        });
        expect(third.is_new).toBe(true);
        expect(await fixture.row(third)).toMatchObject({
          previous_conversation_id: first.conversation.id,
          widget_customer: {
            total_conversations: 3,
            first_seen_at: new Date(NOW).toISOString(),
            last_seen_at: new Date(NOW + 1_000).toISOString(),
          },
        });
        expect(
          await findOpenForVisitor(fixture.open(), fixture.world.acme.id, [visitor_id]),
        ).toMatchObject({
          id: third.conversation.id,
        });
      });

      test('asked for many times at once, makes one', async () => {
        const visitor_id = fixture.visitor();
        const all = await Promise.all(
          Array.from({ length: 8 }, () => fixture.start({ visitor_id })),
        );
        expect(new Set(all.map(({ conversation }) => conversation.id)).size).toBe(1);
        expect(all.filter(({ is_new }) => is_new)).toHaveLength(1);
        const customer = await findByVisitor(fixture.open(), fixture.world.acme.id, visitor_id);
        expect(customer?.total_conversations).toBe(1);
      });

      test('asked for in two departments at once, makes one in each for one customer', async () => {
        const visitor_id = fixture.visitor();
        const { sales, billing } = fixture.world.acme;
        const both = await Promise.all(
          [sales, billing].map((department_id) => fixture.start({ visitor_id, department_id })),
        );
        expect(both.map(({ is_new }) => is_new)).toEqual([true, true]);
        expect(new Set(both.map(({ widget_customer }) => widget_customer.id)).size).toBe(1);
        const customer = await findByVisitor(fixture.open(), fixture.world.acme.id, visitor_id);
        expect(customer?.total_conversations).toBe(2);
      });

      test('keeps what was said before where nothing new is said', async () => {
        const first = await fixture.start({
          pre_chat_data: { size: '1', plan: 'free' },
          details: { full_name: 'Ada', email: 'ada@example.org' },
        });
        await fixture.start({
          visitor_id: first.widget_customer.visitor_id,
          department_id: fixture.world.acme.sales,
          pre_chat_data: { size: '2' },
          details: { full_name: 'Ada Byron', phone: '1' },
        });
        const { organization_id, id } = first.widget_customer;
        expect(await findCustomer(fixture.open(), organization_id, id)).toMatchObject({
          full_name: 'Ada Byron',
          email: 'ada@example.org',
          phone: '1',
          custom_fields: { size: '2', plan: 'free' },
        });
      });

      test(`keeps ${MAX_CUSTOM_FIELDS} fields: all new ones, and of the old the first by name`, async () => {
        // Names of several lengths, which Postgres would put in another order than they came.
        const name = (number: number) => `${'z'.repeat(1 + (number % 3))}${99 - number}`;
        const fields = (from: number) =>
          Object.fromEntries(
            Array.from({ length: MAX_CUSTOM_FIELDS }, (_, index) => [name(from + index), 'x']),
          );
        const { visitor_id } = (await fixture.start({ pre_chat_data: fields(0) })).widget_customer;
        const added = Object.fromEntries(Object.entries(fields(40)).slice(0, 40));
        const { widget_customer } = await fixture.start({
          visitor_id,
          department_id: fixture.world.acme.sales,
          pre_chat_data: added,
        });
        const old = Object.keys(fields(0)).filter((key) => !Object.hasOwn(added, key));
        const wanted = [...Object.keys(added), ...old.sort().slice(0, MAX_CUSTOM_FIELDS - 40)];
        const { id, organization_id } = widget_customer;
        const row = await findCustomer(fixture.open(), organization_id, id);
        expect(Object.keys(row?.custom_fields ?? {}).sort()).toEqual(wanted.sort());
      });
    });

    describe('P7 the projection', () => {
      test('takes effect on an older state only, once or twice, late or not at all', async () => {
        const started = await fixture.start();
        const amos = { id: fixture.world.acme.users[1] ?? '', name: 'Amos' };
        const first = await fixture.become(started, { last_seq: 1, last_message_preview: 'One' });
        const second = await fixture.become(started, { last_seq: 2, assignee: amos }, first);
        expect(await fixture.row(started)).toMatchObject({
          last_seq: 2,
          last_message_preview: 'One',
          assignee: amos,
          version: second.version,
        });
        const founding = foundingOf(started.conversation, started.widget_customer);
        await fixture.projection.write(founding, second, first);
        await fixture.projection.write(founding, first, initialState(founding));
        expect(await fixture.row(started)).toMatchObject({ last_seq: 2, version: second.version });
      });

      test('a guess that is wrong converges to the same row', async () => {
        const started = await fixture.start();
        const founding = foundingOf(started.conversation, started.widget_customer);
        const missed = await fixture.become(started, { last_seq: 1, priority: 'high' });
        const guess = { ...missed, version: missed.version + 1, priority: 'urgent' } as const;
        const newest: State = { ...guess, version: guess.version + 1, last_seq: 3 };
        await fixture.projection.write(founding, newest, guess);
        expect(await fixture.row(started)).toMatchObject({ last_seq: 3, priority: 'urgent' });
      });

      test('holds a department for one open conversation of a customer', async () => {
        const first = await fixture.start();
        const { visitor_id } = first.widget_customer;
        const second = await fixture.start({ visitor_id, department_id: fixture.world.acme.sales });
        const { sales } = fixture.world.acme;
        const reservation = reserve(fixture.open(), fixture.world.acme.id, first.conversation.id, {
          department_id: sales,
        });
        await expect(reservation).rejects.toSatisfy(isDuplicate);
        await fixture.become(second, closed);
        await reserve(fixture.open(), fixture.world.acme.id, first.conversation.id, {
          department_id: sales,
        });
        expect(await fixture.row(first)).toMatchObject({ department_id: sales, status: 'waiting' });
        const reopened = reserve(fixture.open(), fixture.world.acme.id, second.conversation.id, {
          reopened: true,
        });
        await expect(reopened).rejects.toSatisfy(isDuplicate);
      });
    });

    describeLists(() => fixture);
    describeSettings(() => fixture);
  });
}
