import { env } from 'cloudflare:workers';
import type { Duplex } from 'node:stream';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { restrictAgents } from '../features/team/store.ts';
import { type Explained, explained, type Heard, onlyReads } from '../test/costs/explained.ts';
import { Statements } from '../test/costs/statements.ts';
import {
  filteredForRestricted,
  filteredLists,
  indexedForRestricted,
  indexedLists,
} from '../test/queues.ts';
import { hire, SignedInAgent, settleWorld, Visitor } from '../test/world.ts';
import { openDatabase } from './database.ts';
import { HyperdriveSocket } from './socket.ts';

/** P8: how Postgres finds what the API asks for, and how many rows it reads for a page. */

const FEW = 2_000;
const MANY = 6_000;
/** Rows that a search looks through: the newest thousand with what marks them, and the customer of each. */
const SEARCH = 4_100;
/** Rows for all counts; see plans.worker.test.ts. */
const COUNTS = 6_000;
/** See plans.worker.test.ts. */
const RESTRICTED = 8_000;
const CUSTOMER = '01901000-0000-7000-8000-000000000007';

const { HYPERDRIVE } = env;
if (!HYPERDRIVE) throw new Error('These tests are for Postgres.');
/** The tests' own way to the database, which is not heard. */
const client = new Client({
  connectionString: HYPERDRIVE.connectionString,
  stream: () => new HyperdriveSocket(HYPERDRIVE) as unknown as Duplex,
});
const statements = new Statements();

let world: Awaited<ReturnType<typeof settleWorld>>;
let olive: SignedInAgent;
/** Sees Sales alone. */
let rita: SignedInAgent;
let visitor: Visitor;
let label: string;

beforeAll(async () => {
  await client.connect();
  world = await settleWorld();
  olive = await SignedInAgent.signIn('olive@acme.example');
  ({ agent: rita } = await hire(world.acme.id, 'Rita', [world.acme.sales]));
  await restrictAgents(openDatabase(env), world.acme.id, true);
  const made = await olive.call('POST', '/admin/labels', { name: 'All', color: '#aa3300' });
  label = made.json.label.id;
  visitor = await Visitor.arrive();
  await visitor.pick(world.acme.billing);
  await fill(0, FEW);
});
afterAll(async () => {
  statements.stop();
  await client.end();
});

/** As for D1: a third closed, some snoozed, a fifth with Olive, few with nobody, each with a customer and the label. */
async function fill(from: number, to: number): Promise<void> {
  const id = (kind: number) =>
    `format('0190${kind}000-0000-7000-8000-%s', lpad(i::text, 12, '0'))::uuid`;
  const numbers = `FROM generate_series(${from}, ${to - 1}) AS i`;
  const at = `to_timestamp(i)`;
  const { id: acme, sales, billing, users } = world.acme;
  const shelf = `CASE WHEN i % 3 = 0 THEN 'closed' WHEN i % 7 = 0 THEN 'snoozed' ELSE`;
  for (const sql of [
    `INSERT INTO widget_customers
       (organization_id, id, visitor_id, full_name, custom_fields, first_seen_at, last_seen_at)
     SELECT '${acme}', ${id(1)}, 'v_' || i, 'Customer ' || i, '{}', ${at}, ${at} ${numbers}`,
    `INSERT INTO conversations (organization_id, id, widget_customer_id, pre_chat_data,
       created_at, department_id, status, shelf, closed_at, assignee_id, activity_at)
     SELECT '${acme}', ${id(2)}, ${id(1)}, '{}', ${at},
       (CASE WHEN i % 4 = 0 THEN '${billing}' ELSE '${sales}' END)::uuid,
       ${shelf} CASE WHEN i % 2 = 1 THEN 'waiting' ELSE 'active' END END, ${shelf} 'open' END,
       CASE WHEN i % 3 = 0 THEN ${at} END,
       CASE WHEN i % 5 = 0 THEN '${users[0]}'::uuid WHEN i % 20 <> 1 THEN '${users[1]}' END,
       to_timestamp(300 * (i / 400)) ${numbers}`,
    `INSERT INTO conversation_labels (organization_id, conversation_id, label_id)
     SELECT '${acme}', ${id(2)}, '${label}' ${numbers}`,
    `INSERT INTO conversation_mentions (organization_id, user_id, conversation_id, seq, seen)
     SELECT '${acme}', '${users[0]}', ${id(2)}, 1, i % 2 = 1 ${numbers}`,
    'ANALYZE',
  ]) {
    await client.query(sql);
  }
}

/**
 * Among so few, going through all customers is quicker than looking for a thousand: the planner is
 * told not to, as it would not among a million, where `npm run bench -- scale` looks. What lacks an
 * index goes through them still.
 */
async function explainedAsLarge(statement: Heard): Promise<Explained> {
  await client.query(
    'BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off; SET LOCAL enable_mergejoin = off',
  );
  try {
    return await explained(statement, (sql, params) => client.query(sql, params));
  } finally {
    await client.query('ROLLBACK');
  }
}

/** What each statement of a request did that only reads. */
async function readsOf(work: () => Promise<unknown>): Promise<Explained[]> {
  statements.take();
  await work();
  const reads = statements.take().filter(onlyReads);
  expect(reads.length).toBeGreaterThan(0);
  const plans: Explained[] = [];
  for (const statement of reads) {
    const explanation = await explainedAsLarge(statement);
    const plan = `${statement.sql}\n${explanation.steps.join('\n')}`;
    expect(explanation.scans, plan).toEqual([]);
    plans.push(explanation);
  }
  return plans;
}

const rowsOf = (reads: Explained[]) => reads.reduce((sum, { rows }) => sum + rows, 0);

/** The rows read for each of a list's first pages. */
async function pages(list: string, count: number, by = olive): Promise<number[]> {
  const read: number[] = [];
  let cursor = '';
  while (read.length < count) {
    const reads = await readsOf(async () => {
      const { status, json } = await by.call('GET', `${list}&limit=10${cursor}`);
      expect(status, list).toBe(200);
      cursor = json.next_cursor ? `&cursor=${json.next_cursor}` : '';
    });
    read.push(rowsOf(reads));
    if (!cursor) break;
  }
  return read;
}

async function singleReads(): Promise<number[]> {
  return [
    rowsOf(await readsOf(() => olive.call('GET', `/admin/customers/${CUSTOMER}`))),
    rowsOf(await readsOf(() => visitor.call('GET', '/conversations?limit=1'))),
    rowsOf(await readsOf(() => Visitor.arrive('wk_acme', visitor.session.visitorToken))),
  ];
}

test('a page reads as many rows among 6,000 conversations as among 2,000, and deep down too', async () => {
  const few = new Map<string, number>();
  for (const list of indexedLists(world.acme.sales)) {
    few.set(list, (await pages(list, 1))[0] ?? 0);
  }
  const oneOfFew = await singleReads();

  const fewForRita = new Map<string, number>();
  for (const list of indexedForRestricted(world.acme.sales)) {
    fewForRita.set(list, (await pages(list, 1, rita))[0] ?? 0);
  }

  await fill(FEW, MANY);
  for (const list of indexedForRestricted(world.acme.sales)) {
    for (const rows of await pages(list, 4, rita)) {
      const asBefore = fewForRita.get(list) ?? 0;
      expect(Math.abs(rows - asBefore), `${list} ${rows}`).toBeLessThan(6);
    }
  }
  for (const list of filteredForRestricted(world.acme.sales, label)) {
    for (const read of await pages(list, 2, rita)) expect(read, list).toBeLessThan(RESTRICTED);
  }
  for (const path of ['/admin/conversations/counts', '/admin/search?q=customer']) {
    const reads = await readsOf(() => rita.call('GET', path));
    expect(rowsOf(reads), path).toBeLessThan(RESTRICTED);
  }
  for (const list of indexedLists(world.acme.sales)) {
    const read = await pages(list, 4);
    expect(read, list).toHaveLength(4);
    const asBefore = few.get(list) ?? 0;
    // Apart from the small tables, whose plans Postgres chooses again.
    for (const rows of read) expect(Math.abs(rows - asBefore), `${list} ${read}`).toBeLessThan(4);
  }
  for (const [index, rows] of (await singleReads()).entries()) {
    expect(Math.abs(rows - (oneOfFew[index] ?? 0))).toBeLessThan(4);
  }
  expect(
    rowsOf(await readsOf(() => olive.call('GET', '/admin/conversations/counts'))),
  ).toBeLessThan(COUNTS);
  for (const list of filteredLists(world.acme.sales, label)) {
    for (const read of await pages(list, 2)) expect(read, list).toBeLessThan(SEARCH);
  }
});
