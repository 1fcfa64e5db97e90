import { join } from 'node:path';
import { Client } from 'pg';
import { z } from 'zod';
import { startPool } from '../../scripts/postgres/pool.ts';
import { startPostgres } from '../../scripts/postgres/server.mjs';
import { explained, onlyReads } from '../../worker/test/costs/explained.ts';
import { addToPostgres } from '../harness/documents.ts';
import { DEPARTMENT, ORGANIZATION } from '../harness/seed.ts';
import { startServer } from '../harness/server.ts';
import {
  type Asked,
  endedAmong,
  MESSAGES,
  type Plan,
  REGULAR,
  type ScaleDatabase,
  SECOND_DEPARTMENT,
  type Statement,
  VISITS,
  visitorOf,
} from './database.ts';

/** Postgres with its own defaults, behind a pool of connections as Hyperdrive's is. */
export async function openPostgres(folder: string): Promise<ScaleDatabase> {
  // No sync is needed: data of a crashed run is deleted.
  const postgres = await startPostgres(join(folder, 'postgres'), { durable: false });
  const pool = await startPool(postgres.url);
  const serve = async <Result>(work: (server: Asked) => Promise<Result>) => {
    const server = await startServer({ folder: join(folder, 'objects'), postgres: pool.url });
    try {
      return await work(questionsOf(server.origin, client));
    } finally {
      await server.stop();
    }
  };
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  // Its first start migrates it.
  await serve(async () => {});
  // In bulk: without looking up what each row's keys point to, and for as long as it takes.
  await client.query(`SET statement_timeout = 0; SET session_replication_role = replica`);
  await client.query(
    `INSERT INTO departments (organization_id, id, name, position, pre_chat_fields)
     VALUES ($1, $2, 'Sales', 1, '[]')`,
    [ORGANIZATION, SECOND_DEPARTMENT],
  );
  const fill = async (sql: string) => {
    await client.query(sql);
    await client.query('VACUUM ANALYZE');
  };
  return {
    name: 'Postgres',
    serve,
    addCustomers: (from, to) => fill(customers(from, to)),
    async addConversations(from, to) {
      await client.query(conversations(from, to, await agentsOf(client)));
      await addToPostgres(client, endedAmong(from, to), MESSAGES);
      await client.query('VACUUM ANALYZE');
    },
    async bytes() {
      const { rows } = await client.query(`SELECT pg_database_size(current_database()) AS bytes`);
      return Number(rows[0]?.bytes);
    },
    async close() {
      await client.end();
      pool.stop();
      await postgres.stop();
    },
  };
}

const members = z.array(z.object({ user_id: z.string() }));

async function agentsOf(client: Client): Promise<string[]> {
  const { rows } = await client.query(
    'SELECT user_id FROM members WHERE organization_id = $1 ORDER BY created_at, id',
    [ORGANIZATION],
  );
  return members.parse(rows).map(({ user_id }) => user_id);
}

/** The ids of d1.ts: `0190…` for customers, `0191…` for conversations. */
const idOf = (kind: 0 | 1, number = 'i') =>
  `format('019${kind}%s-%s-7000-8000-%s', lpad(to_hex(${number} >> 16), 4, '0'),
     lpad(to_hex(${number} & 65535), 4, '0'), lpad(to_hex(${number}), 12, '0'))::uuid`;

/** The instant of 1767225600000 + i * step, in milliseconds. */
const time = (step: number, after = 0) =>
  `to_timestamp((1767225600000 + i::bigint * ${step} + ${after}) / 1000.0)`;

function customers(from: number, to: number): string {
  return `
    INSERT INTO widget_customers (organization_id, id, visitor_id, email, full_name, user_agent,
      ip_address, country, city, custom_fields, first_seen_at, last_seen_at, total_conversations)
    SELECT '${ORGANIZATION}', ${idOf(0)}, '${visitorOf(0).slice(0, -1)}' || i,
      'customer.' || i || '@example.org', 'Customer ' || i,
      'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0',
      ('192.0.2.' || i % 250)::inet, 'DE', 'Berlin', '{"size":"2 to 10","topic":"An order"}',
      ${time(1_000)}, ${time(1_000)}, 1
    FROM generate_series(${from}, ${to - 1}) AS i`;
}

/** As in d1.ts: the same conversations, open and closed, with the same people. */
function conversations(from: number, to: number, [me = '', other = '']: string[]): string {
  const isOpen = `(i >= ${VISITS} AND i % 5 > 2)`;
  const turn = `(i / 5 % 3)`;
  const ended = time(20_000, 600_000);
  return `
    INSERT INTO conversations (organization_id, id, widget_customer_id, pre_chat_data, page_url,
      created_at, department_id, status, shelf, assignee_id, assignee_name, closed_reason, closed_at,
      last_seq, last_public_seq, message_count, last_message_preview, last_message_at,
      last_sender, waiting_since, activity_at, version)
    SELECT '${ORGANIZATION}', ${idOf(1)},
      CASE WHEN i < ${VISITS} THEN ${idOf(0, `${REGULAR}`)} ELSE ${idOf(0)} END,
      '{"size":"2 to 10","topic":"An order"}', 'https://shop.example/orders/' || i, ${time(20_000)},
      CASE WHEN i % 4 > 0 THEN '${DEPARTMENT}'::uuid ELSE '${SECOND_DEPARTMENT}' END,
      CASE WHEN NOT ${isOpen} THEN 'closed' WHEN ${turn} = 0 THEN 'waiting' ELSE 'active' END,
      CASE WHEN ${isOpen} THEN 'open' ELSE 'closed' END,
      CASE WHEN ${turn} = 1 THEN '${me}'::uuid WHEN ${turn} = 2 THEN '${other}' END,
      CASE WHEN ${turn} = 1 THEN 'Agent 0' WHEN ${turn} = 2 THEN 'Agent 1' END,
      CASE WHEN NOT ${isOpen} THEN 'resolved' END, CASE WHEN NOT ${isOpen} THEN ${ended} END,
      22, 22, 20, 'Thank you, that was all that I wanted to know. Have a good day!', ${ended},
      'visitor', CASE WHEN ${turn} = 0 THEN ${time(20_000)} END,
      date_bin('5 min', ${ended}, 'epoch'), 1767225600000 + i::bigint * 20000 + 600000
    FROM generate_series(${from}, ${to - 1}) AS i`;
}

const statementLog = z.array(z.object({ sql: z.string(), params: z.array(z.unknown()) }));

function questionsOf(origin: string, client: Client): Asked {
  const plans = new Map<string, Plan>();
  return {
    origin,
    async statements() {
      const response = await fetch(`${origin}/bench/meter`);
      const statements: Statement[] = [];
      for (const each of statementLog.parse(await response.json()).filter(onlyReads)) {
        const plan = await explained(each, (sql, params) => client.query(sql, params));
        plans.set(each.sql, plan);
        statements.push({ what: each.sql, rowsRead: plan.rows, blocks: plan.blocks });
      }
      return statements;
    },
    async plan(statement) {
      return plans.get(statement) ?? { steps: [], scans: [] };
    },
  };
}
