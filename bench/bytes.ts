import { chmodSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Client } from 'pg';
import { z } from 'zod';
import { migrate } from '../drizzle/migrations/migrate.ts';
import { startPostgres } from '../scripts/postgres/server.mjs';
import type { Bench } from './bench.ts';
import { addToPostgres, addToSqlite, type Ended } from './harness/documents.ts';
import { scratchFolder } from './harness/folder.ts';

/**
 * The bytes of a conversation in each database, with indexes, search and its share of a customer, and the
 * time for a page of a queue among many. docs/scale.md uses these figures.
 */
export const bench: Bench = {
  summary: 'bytes of a conversation in D1 and in Postgres, and the time of a page among many',
  async run({ quick }) {
    const count = quick ? 1_000 : 100_000;
    const folder = scratchFolder();
    // Postgres as root runs as another user, who needs access to the folder.
    chmodSync(folder, 0o711);
    const figures = {
      conversations: count,
      ...weighSqlite(join(folder, 'd1.sqlite'), count),
      ...(await weighPostgres(join(folder, 'postgres'), count)),
    };
    console.log(figures);
    return { missed: [], figures };
  },
};

const ORGANIZATION = '01a00000-0000-7000-8000-000000000001';
const DEPARTMENT = '01a00000-0000-7000-8000-000000000002';
/** One conversation in fifty is open; each customer has two. */
const OPEN = 50;
const AGENT = '01a00000-0000-7000-8000-000000000003';
const BROWSER =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36';
const ANSWERS = '{"name":"Ada Byron","email":"ada.byron@mail.example","team_size":"11 to 50"}';
const PREVIEW = 'Thank you, that was what I was looking for! I will tell my colleagues about it.';
const PAGES = `'https://shop.example/products/a-thing-with-a-name?ref=mail', 'https://search.example/'`;

const CUSTOMER_COLUMNS = `organization_id, id, visitor_id, email, full_name, user_agent, ip_address,
  country, city, custom_fields, first_seen_at, last_seen_at, total_conversations`;
const CONVERSATION_COLUMNS = `organization_id, id, widget_customer_id, pre_chat_data, page_url, referrer,
  created_at, department_id, status, shelf, closed_reason, assignee_id, assignee_name, last_seq, last_public_seq,
  last_message_preview, last_message_at, last_sender, message_count, agent_read_seq, visitor_read_seq,
  first_response_at, closed_at, activity_at, version`;

/** The number of messages in a conversation, each of about eight words. */
const MESSAGES = 20;

const idRow = z.object({ n: z.coerce.number(), conversation: z.string() });

function toEnded(row: unknown): Ended {
  const { n, conversation } = idRow.parse(row);
  // As large a number as the product's own (drizzle/search/document-number.ts).
  return { organizationId: ORGANIZATION, conversationId: conversation, document: 2 ** 52 + n };
}

function weighSqlite(file: string, count: number) {
  const database = new DatabaseSync(file);
  const folder = join(import.meta.dirname, '..', 'drizzle', 'sqlite');
  for (const name of readdirSync(folder).filter((each) => each.endsWith('.sql'))) {
    database.exec(readFileSync(join(folder, name), 'utf8'));
  }
  database.exec(`
    INSERT INTO organizations (id, name, slug, created_at) VALUES ('${ORGANIZATION}', 'O', 'o', 0);
    INSERT INTO departments (organization_id, id, name, position, pre_chat_fields)
      VALUES ('${ORGANIZATION}', '${DEPARTMENT}', 'D', 0, '[]');`);
  const empty = size(database);
  // The row's number as the time in the id, and sixteen random digits.
  const id = (n: string, kind: string) =>
    `format('%08x-%04x-7${kind}-8000-%s', 1700000000 + ${n}, ${n} & 65535, lower(hex(randomblob(6))))`;
  database.exec(`
    CREATE TEMP TABLE ids (n INTEGER PRIMARY KEY, conversation TEXT, customer TEXT);
    INSERT INTO ids
      WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < ${count})
      SELECT n, ${id('n', '000')} AS conversation, ${id('n / 2', '001')} AS customer FROM numbers;
    UPDATE ids SET customer = (SELECT customer FROM ids AS first WHERE first.n = ids.n - ids.n % 2)
      WHERE n % 2 = 1 AND n > 1;
    INSERT INTO widget_customers (${CUSTOMER_COLUMNS})
      SELECT '${ORGANIZATION}', customer, 'v_' || substr(customer || customer, 1, 22),
        'ada.byron@mail.example', 'Ada Byron', '${BROWSER}', '203.0.113.77', 'DE', 'Hamburg',
        '${ANSWERS}', 1700000000000 + n, 1700000000000 + n, 2 FROM ids GROUP BY customer;
    INSERT INTO conversations (${CONVERSATION_COLUMNS})
      SELECT '${ORGANIZATION}', conversation, customer, '${ANSWERS}', ${PAGES},
        1700000000000 + n * 1000, '${DEPARTMENT}', iif(n % ${OPEN}, 'closed', 'active'),
        iif(n % ${OPEN}, 'closed', 'open'),
        iif(n % ${OPEN}, 'resolved', NULL), '${AGENT}', 'Amos Burton', 22, 22, '${PREVIEW}',
        1700000000000 + n * 1000, 'visitor', 20, 22, 22, 1700000000000 + n * 1000,
        iif(n % ${OPEN}, 1700000000000 + n * 1000, NULL),
        (1700000000000 + n * 1000) / 300000 * 300000, 1700000000000 + n * 1000 FROM ids;`);
  const withoutSearch = size(database);
  const ended = database
    .prepare(`SELECT n, conversation FROM ids WHERE n % ${OPEN} ORDER BY n`)
    .all();
  database.exec('BEGIN');
  addToSqlite(database, ended.map(toEnded), MESSAGES);
  database.exec('COMMIT; DROP TABLE ids');
  const bytes = (size(database) - empty) / count;
  const page = database.prepare(
    `SELECT * FROM conversations WHERE organization_id = '${ORGANIZATION}'
       AND shelf = 'closed' ORDER BY activity_at DESC, id DESC LIMIT 51`,
  );
  const began = performance.now();
  for (let n = 0; n < 100; n += 1) page.all();
  const milliseconds = (performance.now() - began) / 100;
  const search = (size(database) - withoutSearch) / count;
  database.close();
  return {
    d1_bytes: Math.round(bytes),
    d1_bytes_of_search: Math.round(search),
    d1_page_ms: rounded(milliseconds),
  };
}

function size(database: DatabaseSync): number {
  const row = database
    .prepare(
      `SELECT (page_count - freelist_count) * page_size AS bytes
       FROM pragma_page_count, pragma_freelist_count, pragma_page_size`,
    )
    .get();
  return Number(row?.bytes);
}

async function weighPostgres(folder: string, count: number) {
  const { url, stop } = await startPostgres(folder, { durable: false });
  const client = new Client({ connectionString: url });
  try {
    await migrate(url);
    await client.connect();
    await client.query('SET statement_timeout = 0');
    await client.query(`
      INSERT INTO organizations (id, name, slug, created_at)
        VALUES ('${ORGANIZATION}', 'O', 'o', now());
      INSERT INTO departments (organization_id, id, name, position, pre_chat_fields)
        VALUES ('${ORGANIZATION}', '${DEPARTMENT}', 'D', 0, '[]');
      CREATE TEMP TABLE ids AS SELECT n, uuidv7() AS conversation, uuidv7() AS customer,
        to_timestamp(1700000000 + n) AS at FROM generate_series(1, ${count}) AS n;
      UPDATE ids SET customer = first.customer FROM ids AS first
        WHERE ids.n % 2 = 1 AND first.n = ids.n - 1;
      INSERT INTO widget_customers (${CUSTOMER_COLUMNS})
        SELECT DISTINCT ON (customer) '${ORGANIZATION}'::uuid, customer,
          'v_' || left(md5(customer::text), 22), 'ada.byron@mail.example', 'Ada Byron',
          '${BROWSER}', '203.0.113.77'::inet, 'DE', 'Hamburg', '${ANSWERS}'::jsonb, at, at, 2
        FROM ids;
      INSERT INTO conversations (${CONVERSATION_COLUMNS})
        SELECT '${ORGANIZATION}', conversation, customer, '${ANSWERS}', ${PAGES}, at, '${DEPARTMENT}',
          CASE WHEN n % ${OPEN} = 0 THEN 'active' ELSE 'closed' END,
          CASE WHEN n % ${OPEN} = 0 THEN 'open' ELSE 'closed' END,
          CASE WHEN n % ${OPEN} = 0 THEN NULL ELSE 'resolved' END, '${AGENT}', 'Amos Burton', 22, 22,
          '${PREVIEW}', at, 'visitor', 20, 22, 22, at, CASE WHEN n % ${OPEN} = 0 THEN NULL ELSE at END,
          date_bin('5 min', at, 'epoch'), 1700000000000 + n FROM ids ORDER BY n;`);
    const { rows: ended } = await client.query(
      `SELECT n, conversation FROM ids WHERE n % ${OPEN} <> 0 ORDER BY n`,
    );
    await addToPostgres(client, ended.map(toEnded), MESSAGES);
    await client.query('VACUUM ANALYZE');
    const { rows } = await client.query(
      `SELECT pg_total_relation_size('conversations') + pg_total_relation_size('widget_customers')
         + pg_total_relation_size('search_documents') AS bytes,
         pg_total_relation_size('search_documents') AS search`,
    );
    const began = performance.now();
    for (let n = 0; n < 100; n += 1) {
      await client.query(
        `SELECT * FROM conversations WHERE organization_id = $1 AND shelf = 'closed'
         ORDER BY activity_at DESC, id DESC LIMIT 51`,
        [ORGANIZATION],
      );
    }
    const milliseconds = (performance.now() - began) / 100;
    return {
      postgres_bytes: Math.round(Number(rows[0]?.bytes) / count),
      postgres_bytes_of_search: Math.round(Number(rows[0]?.search) / count),
      postgres_page_ms: rounded(milliseconds),
      ...(await update(client)),
    };
  } finally {
    await client.end();
    await stop();
  }
}

/** Sends three messages to each open conversation; returns how many touch no index, and the time. */
async function update(client: Client) {
  const { rows: open } = await client.query('SELECT id FROM conversations WHERE closed_at IS NULL');
  const began = performance.now();
  for (let round = 0; round < 3; round += 1) {
    for (const { id } of open) {
      await client.query(
        `UPDATE conversations SET last_seq = last_seq + 1, message_count = message_count + 1,
           last_message_preview = $3, last_message_at = now(), version = version + 1
         WHERE organization_id = $1 AND id = $2`,
        [ORGANIZATION, id, PREVIEW],
      );
    }
  }
  const milliseconds = (performance.now() - began) / (open.length * 3);
  await client.query('SELECT pg_stat_force_next_flush()');
  const { rows } = await client.query(
    `SELECT n_tup_hot_upd::float / n_tup_upd AS share FROM pg_stat_user_tables
     WHERE relname = 'conversations'`,
  );
  return {
    postgres_in_place: rounded(Number(rows[0]?.share)),
    postgres_update_ms: rounded(milliseconds),
  };
}

function rounded(number: number): number {
  return Math.round(number * 1000) / 1000;
}
