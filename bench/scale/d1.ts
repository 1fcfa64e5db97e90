import { globSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { z } from 'zod';
import { addToSqlite } from '../harness/documents.ts';
import { DEPARTMENT, ORGANIZATION } from '../harness/seed.ts';
import { type Server, startServer } from '../harness/server.ts';
import {
  type Asked,
  endedAmong,
  MESSAGES,
  REGULAR,
  type ScaleDatabase,
  SECOND_DEPARTMENT,
  VISITS,
  visitorOf,
} from './database.ts';

/** D1 as it runs in workerd, on a file that is filled directly while no server has it open. */
export async function openD1(folder: string): Promise<ScaleDatabase> {
  const serve: ScaleDatabase['serve'] = async (work) => {
    const server = await startServer({ folder });
    try {
      return await work(questionsOf(server));
    } finally {
      await server.stop();
    }
  };
  // The first start creates and migrates the file.
  await serve(async () => {});
  const file = fileOf(folder);
  const change = (work: (database: DatabaseSync) => void) => {
    const database = new DatabaseSync(file);
    // No sync is needed: data of a crashed run is deleted.
    database.exec('PRAGMA synchronous = OFF; PRAGMA cache_size = -200000; BEGIN');
    work(database);
    database.exec('COMMIT; PRAGMA wal_checkpoint(TRUNCATE)');
    database.close();
  };
  change((database) => {
    database
      .prepare(
        `INSERT INTO departments (organization_id, id, name, position, pre_chat_fields)
         VALUES (?, ?, 'Sales', 1, '[]')`,
      )
      .run(ORGANIZATION, SECOND_DEPARTMENT);
  });
  return {
    name: 'D1',
    serve,
    addCustomers: async (from, to) => change((database) => addCustomers(database, from, to)),
    addConversations: async (from, to) =>
      change((database) => {
        addConversations(database, from, to);
        addToSqlite(database, endedAmong(from, to), MESSAGES);
      }),
    async bytes() {
      const database = new DatabaseSync(file);
      const { pages } = row.parse(
        database
          .prepare(`SELECT page_count * page_size AS pages
        FROM pragma_page_count(), pragma_page_size()`)
          .get(),
      );
      database.close();
      return pages;
    },
    async close() {},
  };
}

const row = z.object({ pages: z.number() });

/** The file among those in the folder that has our tables. */
function fileOf(folder: string): string {
  for (const file of globSync('**/*.sqlite', { cwd: folder })) {
    const database = new DatabaseSync(join(folder, file), { readOnly: true });
    const has = database
      .prepare(`SELECT 1 FROM sqlite_master WHERE name = 'widget_customers'`)
      .get();
    database.close();
    if (has) return join(folder, file);
  }
  throw new Error(`No database of ours is in ${folder}.`);
}

/** Ids of version 7, in the order of their numbers: `0190…` for customers, `0191…` for conversations. */
const idOf = (kind: 0 | 1, number = 'i') =>
  `printf('019${kind}%04x-%04x-7000-8000-%012x', ${number} >> 16, ${number} & 65535, ${number})`;

/** From one number to before another, which are bound as integers: a number alone would be a REAL. */
const numbers = `WITH RECURSIVE n(i) AS (SELECT ?1 UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1)`;

function addCustomers(database: DatabaseSync, from: number, to: number): void {
  database
    .prepare(
      `INSERT INTO widget_customers (organization_id, id, visitor_id, email, full_name, user_agent,
         ip_address, country, city, custom_fields, first_seen_at, last_seen_at, total_conversations)
       ${numbers} SELECT ?3, ${idOf(0)}, '${visitorOf(0).slice(0, -1)}' || i,
         'customer.' || i || '@example.org', 'Customer ' || i,
         'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0',
         '192.0.2.' || (i % 250), 'DE', 'Berlin', '{"size":"2 to 10","topic":"An order"}',
         1767225600000 + i * 1000, 1767225600000 + i * 1000, 1
       FROM n`,
    )
    .run(BigInt(from), BigInt(to), ORGANIZATION);
}

/**
 * Two in five are open, in turn waiting with nobody, with the first agent and with another; every
 * fourth is in the second department. The first ones are one customer's, all closed.
 */
function addConversations(database: DatabaseSync, from: number, to: number): void {
  const agents = database
    .prepare(`SELECT user_id AS id FROM members WHERE organization_id = ? ORDER BY created_at, id`)
    .all(ORGANIZATION)
    .map((member) => z.object({ id: z.string() }).parse(member).id);
  const [me = '', other = ''] = agents;
  const isOpen = `(i >= ${VISITS} AND i % 5 > 2)`;
  const turn = `(i / 5) % 3`;
  const at = `(1767225600000 + i * 20000)`;
  database
    .prepare(
      `INSERT INTO conversations (organization_id, id, widget_customer_id, pre_chat_data, page_url,
         created_at, department_id, status, shelf, assignee_id, assignee_name, closed_reason, closed_at,
         last_seq, last_public_seq, message_count, last_message_preview, last_message_at,
         last_sender, waiting_since, activity_at, version)
       ${numbers} SELECT ?3, ${idOf(1)},
         CASE WHEN i < ${VISITS} THEN ${idOf(0, `${REGULAR}`)} ELSE ${idOf(0)} END,
         '{"size":"2 to 10","topic":"An order"}', 'https://shop.example/orders/' || i, ${at},
         CASE WHEN i % 4 THEN ?4 ELSE ?5 END,
         CASE WHEN NOT ${isOpen} THEN 'closed' WHEN ${turn} = 0 THEN 'waiting' ELSE 'active' END,
         CASE WHEN ${isOpen} THEN 'open' ELSE 'closed' END,
         CASE WHEN ${turn} = 1 THEN ?6 WHEN ${turn} = 2 THEN ?7 END,
         CASE WHEN ${turn} = 1 THEN 'Agent 0' WHEN ${turn} = 2 THEN 'Agent 1' END,
         CASE WHEN NOT ${isOpen} THEN 'resolved' END,
         CASE WHEN NOT ${isOpen} THEN ${at} + 600000 END, 22, 22, 20,
         'Thank you, that was all that I wanted to know. Have a good day!', ${at} + 600000,
         'visitor', CASE WHEN ${turn} = 0 THEN ${at} END,
         (${at} + 600000) / 300000 * 300000, ${at} + 600000
       FROM n`,
    )
    .run(BigInt(from), BigInt(to), ORGANIZATION, DEPARTMENT, SECOND_DEPARTMENT, me, other);
}

const statements = z.array(z.object({ what: z.string(), rowsRead: z.number() }));
const answer = z.array(z.object({ detail: z.string() }));

function questionsOf({ origin }: Server): Asked {
  return {
    origin,
    async statements() {
      const response = await fetch(`${origin}/bench/meter`);
      return statements.parse(await response.json()).map((each) => ({ ...each, blocks: 0 }));
    },
    async plan(statement) {
      const response = await fetch(`${origin}/bench/plan`, { method: 'POST', body: statement });
      const plan = answer.parse(await response.json()).map(({ detail }) => detail);
      return { steps: plan, scans: plan.filter((step) => isFullScan(step, plan)) };
    },
  };
}

/**
 * A plan may scan the result of an earlier step, but never a table. FTS5 also says scan where it uses a
 * rowid (0:=) or words (M).
 */
function isFullScan(step: string, plan: readonly string[]): boolean {
  if (/^SCAN search_documents VIRTUAL TABLE INDEX \d+:[=M]/.test(step)) return false;
  const [, name] = step.match(/^SCAN (\S+)/) ?? [];
  return name !== undefined && name !== 'CONSTANT' && !plan.includes(`CO-ROUTINE ${name}`);
}
