import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import type { Bench } from './bench.ts';
import { type Awake, measureAwake, measureRowsCpu } from './cost/awake.ts';
import { root } from './harness/bundle.ts';
import { scratchFolder } from './harness/folder.ts';
import { cpuMilliseconds } from './harness/memory.ts';
import {
  caughtUp,
  nextText,
  openAgent,
  openVisitor,
  startConversations,
} from './harness/people.ts';
import { startServer } from './harness/server.ts';
import { rounded } from './harness/stats.ts';
import { printTable } from './harness/table.ts';
import { PRICES } from './prices.ts';

/**
 * What a million conversations of 20 messages cost. Rows and requests are counted, to the one, by
 * worker/test/costs/costs.worker.test.ts, which plays such a conversation through the Worker and its objects:
 * once quickly, and once with 22 seconds between two words and every object asleep in between, as
 * real ones are. CPU time is measured on workerd itself: what the server takes to open a
 * conversation is the Worker's, what twenty messages take more is the objects'. How long the
 * conversation's object and the organization's are awake is measured with a database that takes its
 * time, and what the invocations that write its rows compute at most (cost/awake.ts).
 */

const BUDGET = 75;
const MILLION = 1e6;

/** Milliseconds of D1's answers, and the number of conversations at once. */
const WAITS = [10, 50, 250] as const;
const COUNTS = [1, 10, 100] as const;

/** The number of requests to the Worker for opening a conversation here. */
const OPENING = 3;

const billSchema = z.object({
  pace: z.enum(['quick', 'slow']),
  objectRows: z.number(),
  objectRowsRead: z.number(),
  databaseRows: z.number(),
  databaseRowsRead: z.number(),
  alarmsSet: z.number(),
  objectRequests: z.number(),
  frames: z.number(),
  workerRequests: z.number(),
});
type Bill = z.infer<typeof billSchema>;

export const bench: Bench = {
  summary: 'rows, requests and active time of a conversation of 20 messages, priced by the million',
  async run({ quick }) {
    const { bills, cpu, awake } = quick ? await measureQuickly() : await measure();
    const missed: string[] = [];
    const slow: string[] = [];
    const figures: Record<string, unknown> = { cpu };
    for (const bill of bills) {
      const lines = priced(bill, cpu ?? { request: 0, talk: 0, rows: 0 });
      const counted = lines.reduce((sum, [, , price]) => sum + price, 0);
      const pace = bill.pace === 'quick' ? 'quick' : 'slow, asleep between any two words';
      printTable(
        `A million conversations, ${pace}`,
        ['', 'each', '$ a million'],
        [...lines, ['in all, without the objects’ time awake', null, counted]],
      );
      const whole = awake.map((time) => ({ ...time, dollars: counted + priceOf(time) }));
      printTable(
        'The same with the time that both objects are awake',
        ['D1 takes ms', 'at once', 'conversation s', 'organization s', '$ of it', '$ in all'],
        whole.map(({ wait, count, conversation, organization, dollars }) => [
          wait,
          count,
          conversation,
          organization,
          dollars - counted,
          dollars,
        ]),
      );
      figures[bill.pace] = { ...bill, dollars: rounded(counted) };
      figures[`${bill.pace}_awake`] = whole;
      for (const { wait, count, dollars } of whole) {
        if (dollars <= BUDGET) continue;
        // CPU and waiting are measured; rows and requests are checked by the test.
        slow.push(
          `the ${bill.pace} million costs $${dollars.toFixed(2)} of $${BUDGET} where D1 takes ${wait} ms, ${count} at once.`,
        );
      }
    }
    if (cpu === null) missed.push('the CPU time could not be read here (Linux only).');
    return { missed, slow, figures };
  },
};

type Measured = { bills: Bill[]; cpu: Cpu | null; awake: Awake[] };

async function measure(): Promise<Measured> {
  const bills = await countBills();
  const cpu = await measureCpu(100, 20);
  const awake: Awake[] = [];
  for (const wait of WAITS) {
    for (const count of COUNTS) awake.push(await measureAwake(wait, count, 20));
  }
  return { bills, cpu, awake };
}

/** All in parallel: a quick run does not judge times. */
async function measureQuickly(): Promise<Measured> {
  const [bills, cpu, awake] = await Promise.all([
    countBills(),
    measureCpu(3, 2),
    measureAwake(WAITS[0], COUNTS[0], 2),
  ]);
  return { bills, cpu, awake: [awake] };
}

/** Dollars for both objects' time awake in a million conversations. */
function priceOf({ conversation, organization }: Awake): number {
  return (conversation + organization) * PRICES.objectSecond * MILLION;
}

type Line = [string, number, number];

/**
 * CPU milliseconds: of a request to the Worker, of 20 messages in the objects and, at most, of the invocations
 * that write the rows of 20 messages.
 */
type Cpu = { request: number; talk: number; rows: number };

function priced(one: Bill, cpu: Cpu): Line[] {
  const line = (name: string, each: number, price: number): Line => [
    name,
    each,
    each * price * MILLION,
  ];
  return [
    line('rows written in objects (alarm included)', one.objectRows, PRICES.objectRowWritten),
    line('rows read in objects', one.objectRowsRead, PRICES.objectRowRead),
    line('rows written in D1', one.databaseRows, PRICES.databaseRowWritten),
    line('rows read in D1', one.databaseRowsRead, PRICES.databaseRowRead),
    line('requests to objects, frames as twentieths', one.objectRequests, PRICES.objectRequest),
    line('requests to the Worker', one.workerRequests, PRICES.workerRequest),
    line(
      'CPU milliseconds of the Worker',
      cpu.request * one.workerRequests,
      PRICES.workerCpuMillisecond,
    ),
    line('CPU milliseconds of writing rows, at most', cpu.rows, PRICES.workerCpuMillisecond),
  ];
}

/** The conversation's tests, by file and name. */
const COUNTING = ['worker/test/costs/costs.worker.test.ts', '-t', 'of 20 messages'];

/** Plays the conversation with every statement counted, and reads the result. */
async function countBills(): Promise<Bill[]> {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [vitest, 'run', '--project', 'workers', ...COUNTING],
    { cwd: root, env: { ...process.env, NO_COLOR: '1' } },
  );
  const bills = [...stdout.matchAll(/^bill (\{.*\})$/gm)].map(([, json = '']) =>
    billSchema.parse(JSON.parse(json)),
  );
  if (bills.length !== 2) throw new Error(`The count failed.\n${stdout}`);
  const [, table = ''] =
    stdout.match(/((?:^.*(?:database row|object row|request|frame).*\n)+)/m) ?? [];
  console.log(table);
  return bills;
}

/** Null if the system does not report a process's CPU time. */
async function measureCpu(count: number, messages: number): Promise<Cpu | null> {
  const server = await startServer({ folder: scratchFolder() });
  const spent = async (messages: number) => {
    const before = cpuMilliseconds(server.pid);
    await converse(server, count, messages);
    const after = cpuMilliseconds(server.pid);
    return before === null || after === null ? null : (after - before) / count;
  };
  await spent(20);
  const opening = await spent(0);
  const whole = await spent(20);
  await server.stop();
  if (opening === null || whole === null) return null;
  const rows = await measureRowsCpu(messages);
  return { request: opening / OPENING, talk: whole - opening, rows };
}

async function converse(
  server: Parameters<typeof openVisitor>[0],
  count: number,
  messages: number,
): Promise<void> {
  for (const conversation of await startConversations(server, count)) {
    const visitor = await caughtUp(await openVisitor(server, conversation));
    const agent = await caughtUp(await openAgent(server, conversation.id));
    for (let number = 0; number < messages; number += 1) {
      const [from, to] = number % 2 === 0 ? [visitor, agent] : [agent, visitor];
      const body = `Message ${number}`;
      const arrived = nextText(to, (text) => text.includes(`"body":"${body}"`));
      from.send(JSON.stringify({ type: 'typing', typing: true }));
      from.send(JSON.stringify({ type: 'send', id: randomUUID(), body }));
      const { message } = z
        .object({ message: z.object({ seq: z.number() }) })
        .parse(JSON.parse(await arrived));
      to.send(JSON.stringify({ type: 'read', seq: message.seq }));
    }
    visitor.close();
    agent.close();
  }
}
