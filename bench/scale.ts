import type { Bench, Outcome } from './bench.ts';
import { freshFolder, scratchFolder } from './harness/folder.ts';
import { median, rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';
import { type Asking, ask } from './scale/ask.ts';
import { openD1 } from './scale/d1.ts';
import { CUSTOMERS, type ScaleDatabase } from './scale/database.ts';

/**
 * What each query of the API reads and takes with ten thousand, a hundred thousand and a million
 * conversations of a million customers. Another database joins as one more `ScaleDatabase`.
 */
export const bench: Bench = {
  summary: 'rows read, time and plan of each query with up to a million conversations',
  async run({ quick }): Promise<Outcome> {
    const folder = freshFolder('disk') ?? scratchFolder();
    const databases = [await openD1(folder)];
    const outcome: Outcome = { missed: [], figures: {} };
    for (const database of databases) {
      const sizes = quick ? [10_000, 20_000] : [10_000, 100_000, 1_000_000];
      const customers = quick ? 20_000 : CUSTOMERS;
      await measure(database, customers, sizes, outcome);
    }
    return outcome;
  },
};

/** Rows that a page may read at most: a thousand conversations, the customer of each, and some. */
const LOOKS_AT = 2_100;

async function measure(
  database: ScaleDatabase,
  customers: number,
  sizes: readonly number[],
  { missed, figures }: Outcome,
): Promise<void> {
  const empty = database.bytes();
  database.addCustomers(0, customers);
  const withCustomers = database.bytes();
  const found: Asking[][] = [];
  let filled = 0;
  for (const size of sizes) {
    database.addConversations(filled, size);
    filled = size;
    found.push(await database.serve(ask));
  }
  const perCustomer = (withCustomers - empty) / customers;
  const perConversation = (database.bytes() - withCustomers) / filled;
  printTable(
    `${database.name}: bytes on disk, indexes included`,
    ['', 'bytes'],
    [
      ['a customer', rounded(perCustomer)],
      ['a conversation', rounded(perConversation)],
    ],
  );
  const [first = []] = found;
  printTable(
    `${database.name}: ${customers.toLocaleString('en')} customers; rows read and milliseconds by conversations`,
    ['query', ...sizes.flatMap((size) => [`rows, ${size.toLocaleString('en')}`, 'ms'])],
    first.map(({ name }, index) => [
      name,
      ...found.flatMap((asking) => {
        const { rows = Number.NaN, milliseconds = Number.NaN } = asking[index] ?? {};
        return [rows, rounded(milliseconds)];
      }),
    ]),
  );
  for (const [index, { name, kind, rows }] of first.entries()) {
    const all = found.map((asking) => asking[index]?.rows ?? Number.NaN);
    const grows = kind === 'list' && all.some((read) => read !== rows);
    if (grows || Math.max(...all) > LOOKS_AT) {
      missed.push(`${database.name}: ${name} reads ${all.join(', ')} rows.`);
    }
  }
  const last = found.at(-1) ?? [];
  console.log('\nPlans:');
  for (const [statement, plan] of plansOf(last)) {
    console.log(`\n${statement}\n${plan.map((step) => `  ${step}`).join('\n')}`);
    for (const step of plan) {
      if (isFullScan(step, plan)) missed.push(`${database.name}: ${step} in ${statement}`);
    }
  }
  figures[database.name] = {
    bytes_per_customer: rounded(perCustomer),
    bytes_per_conversation: rounded(perConversation),
    queries: Object.fromEntries(
      first.map(({ name }, index) => [
        name,
        found.map((asking) => ({
          rows: asking[index]?.rows,
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

function plansOf(asking: readonly Asking[]): Map<string, string[]> {
  return new Map(asking.flatMap(({ plans }) => plans));
}

/** What a step before has found may be gone through; a table never. */
function isFullScan(step: string, plan: readonly string[]): boolean {
  const [, name] = step.match(/^SCAN (\S+)/) ?? [];
  return name !== undefined && name !== 'CONSTANT' && !plan.includes(`CO-ROUTINE ${name}`);
}
