import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hashPassword } from 'better-auth/crypto';
import { type AnyD1Database, type DrizzleD1Database, drizzle } from 'drizzle-orm/d1';
import { getPlatformProxy, unstable_readConfig } from 'wrangler';
import type { PreChatField } from '../protocol/resources.ts';
import {
  insertBelongings,
  insertOrganization,
  type NewOrganization,
  organizationRows,
} from './organization.ts';
import * as schema from './schema.sqlite.ts';

/**
 * `node drizzle/demo.ts --persist-to FOLDER` gives the local database in that folder, once its
 * migrations are applied, two organizations to try Foyer with. It does so once: where there is
 * an organization already it changes nothing. It opens the files of `wrangler dev` and knows no
 * way to any other database, so that a known password gets nowhere near a real installation.
 */

type Database = DrizzleD1Database<typeof schema>;

const PASSWORD = 'foyer-demo';

const name: PreChatField = { id: 'name', label: 'Name', type: 'name', required: true, options: [] };
const email: PreChatField = {
  id: 'email',
  label: 'E-mail',
  type: 'email',
  required: true,
  options: [],
};

function demo(passwordHash: string): NewOrganization[] {
  return [
    {
      id: '019a4b00-0000-7000-8000-000000000001',
      name: 'Acme',
      slug: 'acme',
      publicKey: 'wk_demo',
      greeting: 'Hi! How can we help?',
      departments: [
        {
          id: '019a4b00-0000-7000-8000-000000000011',
          name: 'Sales',
          description: 'Plans, prices and what fits you',
          preChatFields: [
            name,
            { ...email, label: 'Work e-mail' },
            { id: 'phone', label: 'Phone', type: 'phone', required: false, options: [] },
            {
              id: 'team_size',
              label: 'Team size',
              type: 'select',
              required: true,
              options: ['Just me', '2 to 10', '11 to 50', 'More than 50'],
            },
          ],
        },
        {
          id: '019a4b00-0000-7000-8000-000000000012',
          name: 'Support',
          description: 'Something does not work as it should',
          preChatFields: [
            name,
            email,
            {
              id: 'question',
              label: 'What happened?',
              type: 'textarea',
              required: true,
              options: [],
            },
          ],
        },
        {
          id: '019a4b00-0000-7000-8000-000000000013',
          name: 'Billing',
          description: 'Invoices and payments',
        },
      ],
      people: [
        { name: 'Maya Lindqvist', email: 'owner@acme.example', role: 'owner', passwordHash },
        { name: 'Tom Okafor', email: 'agent@acme.example', role: 'agent', passwordHash },
      ],
    },
    {
      id: '019a4b00-0000-7000-8000-000000000002',
      name: 'Globex',
      slug: 'globex',
      publicKey: 'wk_globex',
      departments: [
        {
          id: '019a4b00-0000-7000-8000-000000000021',
          name: 'Support',
          preChatFields: [name, email],
        },
      ],
      people: [{ name: 'Priya Nair', email: 'owner@globex.example', role: 'owner', passwordHash }],
    },
  ];
}

/** Whether it loaded anything: not where there is an organization already. */
async function loadDemo(database: Database): Promise<boolean> {
  const present = await database.select({ id: schema.organizations.id }).from(schema.organizations);
  if (present.length > 0) return false;
  const passwordHash = await hashPassword(PASSWORD);
  const [first, ...rest] = demo(passwordHash)
    .map(organizationRows)
    .flatMap((rows) => [insertOrganization(database, rows), ...insertBelongings(database, rows)]);
  if (first) await database.batch([first, ...rest]);
  return true;
}

/** Runs `work` with the local database of `wrangler dev --persist-to folder`. */
async function withLocalDatabase<Result>(
  folder: string,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  // The database alone: the objects' classes would have to be built.
  const { d1_databases, compatibility_date } = unstable_readConfig({
    config: join(import.meta.dirname, '..', 'wrangler.toml'),
  });
  const scratch = mkdtempSync(join(tmpdir(), 'foyer-demo-'));
  try {
    const configPath = join(scratch, 'wrangler.json');
    writeFileSync(configPath, JSON.stringify({ name: 'demo', compatibility_date, d1_databases }));
    const local = await getPlatformProxy<{ DB: AnyD1Database }>({
      configPath,
      persist: { path: join(folder, 'v3') },
      remoteBindings: false,
    });
    try {
      return await work(drizzle(local.env.DB, { schema }));
    } finally {
      await local.dispose();
    }
  } finally {
    rmSync(scratch, { recursive: true });
  }
}

const { values } = parseArgs({ options: { 'persist-to': { type: 'string' } }, strict: false });
const folder = values['persist-to'];
if (typeof folder === 'string' && process.argv.length <= 4) {
  const loaded = await withLocalDatabase(resolve(folder), loadDemo);
  console.log(loaded ? 'The demo data is loaded.' : 'There is data already; nothing was changed.');
} else {
  console.error('Demo data is for a local database: node drizzle/demo.ts --persist-to FOLDER');
  process.exitCode = 1;
}
