import { env } from 'cloudflare:workers';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restrictAgents } from '../features/team/store.ts';
import { Meter } from '../test/costs/meter.ts';
import {
  filteredForRestricted,
  filteredLists,
  indexedForRestricted,
  indexedLists,
} from '../test/queues.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from '../test/world.ts';
import { openDatabase } from './database.ts';

/** P8: how D1 finds what the API asks for, and how many rows it reads for a page. */

/** Rows of a page. */
const LIMIT = 10;
const FEW = 200;
const MANY = 3_000;
/**
 * Rows that a search looks through: the newest thousand, what belongs to each of them, and the same
 * thousand again to find where the next page begins.
 */
const SEARCH = 4_200;
/** Rows for a page of a label or of mentions: the newest thousand, the row of each, and the sorting. */
const MARKED = 3_200;
/**
 * Rows for all counts: two thousand for each queue and department, in Unassigned and Mine with their
 * rows, the newest thousand that are open with the label of each, sorted, the newest thousand that name
 * the agent, and 20 of each department for how soon it answers.
 */
const COUNTS = 10_000;
/** Where an agent sees only what they serve: a thousand rows, and what each needs to be judged. */
const RESTRICTED = 8_000;
/** A customer with one conversation. */
const CUSTOMER = '01901000-0000-7000-8000-000000000007';

const meter = new Meter();
let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
/** Sees Sales alone, where three of four are. */
let rita: SignedInAgent;
let visitor: Visitor;
/** Everything of Acme's has it, and names Olive. */
let label: string;

beforeAll(async () => {
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  ({ agent: rita } = await hire(world.acme.id, 'Rita', [world.acme.sales]));
  await restrictAgents(openDatabase(env), world.acme.id, true);
  const made = await olive.call('POST', '/admin/labels', { name: 'All', color: '#aa3300' });
  label = made.json.label.id;
  await fill(0, FEW);
  meter.watchDatabase(env.DB);
});
afterAll(() => meter.stop());

/**
 * Conversations from one number to another, each with a customer: a third closed, some snoozed, a
 * fifth with Olive, hundreds in each step of activity.
 */
async function fill(from: number, to: number): Promise<void> {
  const numbers = `WITH RECURSIVE n(i) AS
    (SELECT ${from} UNION ALL SELECT i + 1 FROM n WHERE i < ${to - 1})`;
  const id = (kind: number) => `printf('0190${kind}000-0000-7000-8000-%012d', i)`;
  const { id: acme, sales, billing, users } = world.acme;
  await env.DB.batch([
    env.DB.prepare(
      `INSERT INTO widget_customers
         (organization_id, id, visitor_id, full_name, custom_fields, first_seen_at, last_seen_at)
       ${numbers} SELECT ?, ${id(1)}, 'v_' || i, 'Customer ' || i, '{}', i, i FROM n`,
    ).bind(acme),
    env.DB.prepare(
      `INSERT INTO conversations (organization_id, id, widget_customer_id, pre_chat_data,
         created_at, department_id, status, shelf, closed_at, assignee_id, activity_at)
       ${numbers} SELECT ?1, ${id(2)}, ${id(1)}, '{}', i,
         CASE WHEN i % 4 THEN ?2 ELSE ?3 END,
         CASE WHEN i % 3 = 0 THEN 'closed' WHEN i % 7 = 0 THEN 'snoozed'
              WHEN i % 2 THEN 'waiting' ELSE 'active' END,
         CASE WHEN i % 3 = 0 THEN 'closed' WHEN i % 7 = 0 THEN 'snoozed' ELSE 'open' END,
         CASE WHEN i % 3 = 0 THEN i END, CASE WHEN i % 5 = 0 THEN ?4 END, 300000 * (i / 400)
       FROM n`,
    ).bind(acme, sales, billing, users[0] ?? ''),
    env.DB.prepare(
      `INSERT INTO conversation_labels (organization_id, conversation_id, label_id)
       ${numbers} SELECT ?, ${id(2)}, ? FROM n`,
    ).bind(acme, label),
    env.DB.prepare(
      `INSERT INTO conversation_mentions (organization_id, user_id, conversation_id, seq, seen)
       ${numbers} SELECT ?, ?, ${id(2)}, 1, i % 2 FROM n`,
    ).bind(acme, users[0] ?? ''),
  ]);
}

async function rowsRead(work: () => Promise<unknown>): Promise<number> {
  const before = meter.bill().databaseRowsRead;
  await work();
  return meter.bill().databaseRowsRead - before;
}

/** The rows read for each of a list's first pages. */
async function pages(list: string, count: number, by = olive): Promise<number[]> {
  const read: number[] = [];
  let cursor = '';
  while (read.length < count) {
    read.push(
      await rowsRead(async () => {
        const { status, json } = await by.call('GET', `${list}&limit=${LIMIT}${cursor}`);
        expect(status, list).toBe(200);
        cursor = json.next_cursor ? `&cursor=${json.next_cursor}` : '';
      }),
    );
    if (!cursor) break;
  }
  return read;
}

/** The panel of a customer with one conversation, and what their own browser asks. */
async function singleReads(): Promise<number[]> {
  return [
    await rowsRead(() => olive.call('GET', `/admin/customers/${CUSTOMER}`)),
    await rowsRead(() => olive.call('GET', '/admin/conversations/counts')),
    await rowsRead(() => visitor.call('GET', '/conversations?limit=1')),
    await rowsRead(() => Visitor.arrive('wk_acme', visitor.session.visitorToken)),
  ];
}

const lists = () => indexedLists(world.acme.sales);
const filtered = () => filteredLists(world.acme.sales, label);

/** Every change of what the organization sets up. */
async function setUp(): Promise<void> {
  const changed = async (method: string, path: string, body?: unknown) => {
    const { status, json } = await olive.call(method, `/admin/${path}`, body);
    expect(status, path).toBeLessThan(300);
    return json;
  };
  const [memberId] = world.acme.users;
  const { department } = await changed('POST', 'departments', { name: 'Later' });
  const departmentPath = `departments/${department.id}`;
  await changed('PATCH', departmentPath, {
    name: 'Never',
    memberIds: [memberId],
    archived: true,
  });
  await changed('PATCH', departmentPath, { archived: false, memberIds: [] });
  await changed('PUT', 'departments/order', { ids: [department.id] });
  await changed('PATCH', 'settings', { greeting: 'Hello' });
  const text = { shortcut: 'hi', body: 'Hello' };
  const { canned_response } = await changed('POST', 'canned-responses', text);
  await changed('PUT', `canned-responses/${canned_response.id}`, text);
  await changed('DELETE', `canned-responses/${canned_response.id}`);
  const colours = { name: 'Bug', color: '#aa3300' };
  const { label } = await changed('POST', 'labels', colours);
  await changed('PUT', `labels/${label.id}`, colours);
  await changed('DELETE', `labels/${label.id}`);
  const { view } = await changed('POST', 'views', {
    name: 'Bugs',
    query: { label: label.id },
  });
  await changed('PATCH', `views/${view.id}`, { shared: true });
  await changed('DELETE', `views/${view.id}`);
}

/** Everything else that the API asks the database. */
async function everythingElse(): Promise<void> {
  visitor = await Visitor.arrive();
  const { id } = await visitor.pick(world.acme.billing);
  const preChatData = { name: 'Ada', email: 'ada@example.org' };
  await visitor.pick(world.acme.sales, { preChatData, previousConversationId: id });
  const { json } = await visitor.call('GET', '/conversations?limit=1');
  await visitor.call('GET', `/conversations?limit=1&cursor=${json.next_cursor}`);
  await visitor.call('GET', `/conversations/${id}`);
  await visitor.call('PATCH', '/customer', { name: 'Ada' });
  await setUp();
  const read = ['me', 'departments', 'members', 'settings', 'canned-responses', 'labels', 'views'];
  for (const path of [...read, `conversations/${id}`]) {
    expect((await olive.call('GET', `/admin/${path}`)).status, path).toBe(200);
  }
  const change = { status: 'active', assigneeId: world.acme.users[0] };
  expect((await olive.call('PATCH', `/admin/conversations/${id}`, change)).status).toBe(200);
}

/** The rows read for the first page of each, among few. */
const fewForRita = new Map<string, number>();
const forRita = () => indexedForRestricted(world.acme.sales);

test('a page reads as many rows among 3,000 conversations as among 200, and deep down too', async () => {
  await everythingElse();
  const few = new Map<string, number>();
  for (const list of forRita()) fewForRita.set(list, (await pages(list, 1, rita))[0] ?? 0);
  for (const list of lists()) few.set(list, (await pages(list, 1))[0] ?? 0);
  const oneOfFew = await singleReads();
  for (const list of filtered()) await pages(list, 2);

  await fill(FEW, MANY);
  for (const list of lists()) {
    const [first, ...later] = await pages(list, 12);
    expect(first, list).toBe(few.get(list));
    expect(later, list).toHaveLength(11);
    // The first row of a later page is found, and not counted to; give or take what is skipped, and
    // the names of the assignees.
    for (const read of later) expect(read, list).toBeLessThanOrEqual((first ?? 0) + 3 + LIMIT);
  }
  const oneOfMany = await singleReads();
  expect(oneOfMany[0]).toBe(oneOfFew[0]);
  expect(oneOfMany[1]).toBeLessThan(COUNTS);
  expect(oneOfMany.slice(2)).toEqual(oneOfFew.slice(2));
  for (const list of filtered()) {
    // Where both are asked for, each of the thousand is looked up by the other, too.
    const marks = list.match(/label=|mentioned=/g)?.length ?? 0;
    const most = marks === 1 && list.includes('/conversations') ? MARKED : SEARCH;
    for (const read of await pages(list, 3)) expect(read, list).toBeLessThan(most);
  }
});

test('what an agent sees of a queue is read in parts, as many rows among few as among many', async () => {
  for (const list of forRita()) {
    const [first, ...later] = await pages(list, 4, rita);
    // Except for the names of the assignees on the page.
    const difference = Math.abs((first ?? 0) - (fewForRita.get(list) ?? 0));
    expect(difference, list).toBeLessThanOrEqual(LIMIT);
    for (const read of later) expect(read, list).toBeLessThanOrEqual((first ?? 0) + 3 + LIMIT);
  }
  for (const list of filteredForRestricted(world.acme.sales, label)) {
    for (const read of await pages(list, 2, rita)) expect(read, list).toBeLessThan(RESTRICTED);
  }
  for (const path of ['/admin/conversations/counts', '/admin/search?q=customer']) {
    expect(await rowsRead(() => rita.call('GET', path)), path).toBeLessThan(RESTRICTED);
  }
});

type Step = { id: number; parent: number; detail: string };

test('every statement finds its rows by an index, and lists need no sorting', async () => {
  const statements = meter.items.filter(({ what }) => !/^insert/i.test(what));
  expect(statements.length).toBeGreaterThan(40);
  for (const { what } of statements) {
    // One parameter stands for all: the plan does not depend on them.
    const text = `EXPLAIN QUERY PLAN ${what.replaceAll('?', '?1')}`;
    const { results } = await env.DB.prepare(text).bind('x').all<Step>();
    expect(results.length, what).toBeGreaterThan(0);
    for (const step of results) {
      if (step.detail.startsWith('SCAN')) {
        // What a step before has found may be gone through, a table never.
        const [, name = ''] = step.detail.split(' ');
        const isFound = results.some(
          ({ parent, detail }) => parent === step.parent && detail === `CO-ROUTINE ${name}`,
        );
        // FTS5 calls it a scan, too, where it goes by a rowid (0:=) or by words (M).
        const isFullText = /^SCAN search_documents VIRTUAL TABLE INDEX \d+:[=M]/.test(step.detail);
        expect(isFound || isFullText, `${step.detail} in ${what}`).toBe(true);
      }
      const isOfATenant = /SEARCH (conversations|widget_customers) .*\(organization_id=\?\)$/;
      if (isOfATenant.test(step.detail) && !step.detail.includes('conversations_waiting')) {
        // A whole tenant's rows: only to list them in the order of their ids.
        expect(what).toMatch(
          /from `widget_customers` .*order by `widget_customers`.`(id|last_seen_at)` desc/,
        );
      }
      if (/`departments`|`members`/.test(what.split(' order by ')[0] ?? '')) continue;
      // The thousand that a step before has found at most.
      if (/ limit \?\) (`conversations`.*\) )?`newest`/.test(what)) continue;
      expect(step.detail, what).not.toMatch(/TEMP B-TREE/);
    }
  }
});

test('a filter that looks at rows goes on behind the thousand that it looks through', async () => {
  const oldest = '01902000-0000-7000-8000-000000000001';
  await env.DB.batch([
    env.DB.prepare(`UPDATE conversations SET status = 'waiting' WHERE status = 'active'`),
    env.DB.prepare(`UPDATE conversations SET status = 'active' WHERE id = ?`).bind(oldest),
  ]);
  const ids: string[] = [];
  let cursor = '';
  do {
    const path = `/admin/conversations?status=active${cursor}`;
    const { items, next_cursor } = (await olive.call('GET', path)).json;
    for (const { id } of items) ids.push(id);
    cursor = next_cursor ? `&cursor=${next_cursor}` : '';
  } while (cursor);
  expect(ids).toEqual([oldest]);
});
