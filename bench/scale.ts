import type { Bench, Outcome } from './bench.ts';
import { freshFolder, scratchFolder } from './harness/folder.ts';
import { median, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';
import { type Asking, ask } from './scale/ask.ts';
import { openD1 } from './scale/d1.ts';
import { CUSTOMERS, type Plan, type ScaleDatabase } from './scale/database.ts';
import { openPostgres } from './scale/postgres.ts';

/**
 * What each query of the API reads and takes with ten thousand, a hundred thousand and a million
 * conversations of a million customers, on D1 and on Postgres.
 */
export const bench: Bench = {
  summary: 'rows read, time and plan of each query with up to a million conversations',
  async run({ quick }): Promise<Outcome> {
    const folder = freshFolder('disk') ?? scratchFolder();
    const outcome: Outcome = { missed: [], figures: {} };
    // Postgres reads small tables without an index, so plans are checked in the whole run only.
    for (const open of quick ? [openD1] : [openD1, openPostgres]) {
      const sizes = quick ? [3_000, 6_000] : [10_000, 100_000, 1_000_000];
      const customers = quick ? 10_000 : CUSTOMERS;
      const database = await open(folder);
      try {
        await measure(database, customers, sizes, outcome);
      } finally {
        await database.close();
      }
    }
    return outcome;
  },
};

/**
 * Rows that a page may read at most: a thousand conversations with the customer of each, which a search
 * compares in the Worker, then the fifty of the page with their customers and assignees.
 */
const LOOKS_AT = 2_200;

/** Rows that the counts may read at most, as `worker/database/plans.worker.test.ts` explains. */
const COUNTS_LOOK_AT = 10_000;

async function measure(
  database: ScaleDatabase,
  customers: number,
  sizes: readonly number[],
  { missed, figures }: Outcome,
): Promise<void> {
  const empty = await database.bytes();
  await database.addCustomers(0, customers);
  const withCustomers = await database.bytes();
  const results: Asking[][] = [];
  let filled = 0;
  for (const size of sizes) {
    await database.addConversations(filled, size);
    filled = size;
    results.push(await database.serve(ask));
  }
  const perCustomer = (withCustomers - empty) / customers;
  const perConversation = ((await database.bytes()) - withCustomers) / filled;
  printTable(
    `${database.name}: bytes on disk, indexes included`,
    ['', 'bytes'],
    [
      ['a customer', rounded(perCustomer)],
      ['a conversation', rounded(perConversation)],
    ],
  );
  const [first = []] = results;
  printTable(
    `${database.name}: ${customers.toLocaleString('en')} customers; rows read and milliseconds by conversations`,
    ['query', ...sizes.flatMap((size) => [`rows, ${size.toLocaleString('en')}`, 'blocks', 'ms'])],
    first.map(({ name }, index) => [
      name,
      ...results.flatMap((asking) => {
        const { rows = Number.NaN, blocks = 0, milliseconds = Number.NaN } = asking[index] ?? {};
        return [rows, blocks || '', rounded(milliseconds)];
      }),
    ]),
  );
  for (const [index, { name, kind, rows }] of first.entries()) {
    const all = results.map((asking) => asking[index]?.rows ?? Number.NaN);
    const grows = kind === 'list' && all.some((read) => read !== rows);
    const most = name === 'counts' ? COUNTS_LOOK_AT : LOOKS_AT;
    if (grows || Math.max(...all) > most) {
      missed.push(`${database.name}: ${name} reads ${all.join(', ')} rows.`);
    }
  }
  const last = results.at(-1) ?? [];
  console.log('\nPlans:');
  for (const [statement, plan] of plansOf(last)) {
    console.log(`\n${statement}\n${plan.steps.map((step) => `  ${step}`).join('\n')}`);
    for (const step of plan.scans) missed.push(`${database.name}: ${step} in ${statement}`);
  }
  figures[database.name] = {
    bytes_per_customer: rounded(perCustomer),
    bytes_per_conversation: rounded(perConversation),
    queries: Object.fromEntries(
      first.map(({ name }, index) => [
        name,
        results.map((asking) => ({
          rows: asking[index]?.rows,
          blocks: asking[index]?.blocks,
          ms: rounded(asking[index]?.milliseconds ?? Number.NaN),
        })),
      ]),
    ),
    slowest_list_ms: rounded(
      Math.max(
        ...last.filter(({ kind }) => kind !== 'one').map(({ milliseconds }) => milliseconds),
      ),
    ),
    median_ms: rounded(median(last.map(({ milliseconds }) => milliseconds))),
  };
}

function plansOf(asking: readonly Asking[]): Map<string, Plan> {
  return new Map(asking.flatMap(({ plans }) => plans));
}
