import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashPassword } from 'better-auth/crypto';
import type { BatchItem } from 'drizzle-orm/batch';
import { drizzle } from 'drizzle-orm/d1';
import type { Miniflare } from 'miniflare';
import { Client } from 'pg';
import { v7 } from 'uuid';
import {
  type Database,
  openPostgres,
  postgresTables,
  sqliteTables,
  type Tables,
} from '../../drizzle/dialects.ts';
import { migrate } from '../../drizzle/migrations/migrate.ts';
import {
  insertBelongings,
  insertOrganization,
  organizationRows,
} from '../../drizzle/organization.ts';
import { root } from './bundle.ts';

/** The organization of all benches. Its one department has no form. */
export const ORGANIZATION = '019a4b00-0000-7000-8000-00000000be00';
export const DEPARTMENT = '019a4b00-0000-7000-8000-00000000be01';
export const PUBLIC_KEY = 'wk_bench';

/** The password of each agent. */
const PASSWORD = 'correct horse battery';

/** The address of an agent, by number from 0. */
export function emailOf(agent: number): string {
  return `agent-${agent}@bench.example`;
}

/** The session token of an agent, by number from 0. */
export function sessionOf(agent: number): string {
  return `session-of-agent-${agent}`;
}

type Insert = BatchItem<'sqlite'> & PromiseLike<unknown>;

/** Rows in one statement, so that it has fewer parameters than D1's limit of a hundred. */
const ROWS = 10;

/** Migrates an empty D1 and writes the organization with its agents, all signed in. */
export async function seed(
  d1: Awaited<ReturnType<Miniflare['getD1Database']>>,
  agents: number,
): Promise<void> {
  const present = await d1
    .prepare(`SELECT 1 FROM sqlite_master WHERE name = 'organizations'`)
    .first();
  if (present !== null) return;
  await d1.batch(migrations().map((statement) => d1.prepare(statement)));
  const db = drizzle(d1, { schema: sqliteTables });
  const [first, ...others] = inserts(db, sqliteTables, agents, await hashPassword(PASSWORD));
  await db.batch([first, ...others]);
}

/** The same on Postgres. */
export async function seedPostgres(url: string, agents: number): Promise<void> {
  await migrate(url);
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const db = openPostgres(client);
    const present = await db.$count(postgresTables.organizations);
    if (present > 0) return;
    const passwordHash = await hashPassword(PASSWORD);
    for (const insert of inserts(db, postgresTables, agents, passwordHash)) await insert;
  } finally {
    await client.end();
  }
}

/** The statements that write the organization, in the order of their keys. */
function inserts(
  db: Database,
  tables: Tables,
  agents: number,
  passwordHash: string,
): [Insert, ...Insert[]] {
  const people = Array.from({ length: agents }, (_, agent) => ({
    name: `Agent ${agent}`,
    email: emailOf(agent),
    // The first one owns the organization, as in each that is set up.
    role: agent === 0 ? ('owner' as const) : ('agent' as const),
    passwordHash,
  }));
  const rows = organizationRows({
    id: ORGANIZATION,
    name: 'Bench',
    slug: 'bench',
    publicKey: PUBLIC_KEY,
    departments: [{ id: DEPARTMENT, name: 'Support' }],
    people,
  });
  const now = new Date();
  const sessions = rows.users.map(({ id }, agent) => ({
    id: v7(),
    token: sessionOf(agent),
    userId: id,
    activeOrganizationId: ORGANIZATION,
    expiresAt: new Date(now.getTime() + 24 * 60 * 60_000),
    createdAt: now,
    updatedAt: now,
  }));
  const parts = chunks(rows.users, ROWS).map((users, index) => {
    const part = index * ROWS;
    return {
      ...rows,
      users,
      accounts: rows.accounts.slice(part, part + ROWS),
      members: rows.members.slice(part, part + ROWS),
    };
  });
  const [first, ...others] = parts;
  if (first === undefined) throw new Error('An organization has at least one agent.');
  return [
    insertOrganization(db, rows, tables),
    ...insertBelongings(db, first, tables),
    ...others.flatMap(({ users, accounts, members }) => [
      db.insert(tables.users).values(users),
      db.insert(tables.accounts).values(accounts),
      db.insert(tables.members).values(members),
    ]),
    ...chunks(sessions, ROWS).map((some) => db.insert(tables.sessions).values(some)),
  ];
}

function migrations(): string[] {
  const folder = join(root, 'drizzle', 'sqlite');
  const files = readdirSync(folder).filter((name) => name.endsWith('.sql'));
  return files
    .sort()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('--> statement-breakpoint'));
}

function chunks<Item>(items: readonly Item[], size: number): Item[][] {
  const count = Math.ceil(items.length / size);
  return Array.from({ length: count }, (_, index) => items.slice(index * size, (index + 1) * size));
}
