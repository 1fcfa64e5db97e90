import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { hashPassword } from 'better-auth/crypto';
import { drizzle } from 'drizzle-orm/d1';
import { Client } from 'pg';
import type { PreChatField } from '../../protocol/resources/department.ts';
import {
  type Database,
  openPostgres,
  postgresTables,
  sqliteTables,
  type Tables,
} from '../dialects.ts';
import { isLoopback, withLocalD1 } from '../local.ts';
import {
  insertBelongings,
  insertOrganization,
  type NewOrganization,
  organizationRows,
} from '../organization.ts';

/**
 * `node drizzle/demo/demo.ts --persist-to FOLDER` gives the local D1 in that folder, once its migrations
 * are applied, two organizations to try Foyer with; `--postgres` gives them to the Postgres at
 * DATABASE_URL. It does so once: where there is an organization already it changes nothing. It opens
 * the files of `wrangler dev`, or a server on this machine, and has no access to any other database,
 * so that a known password gets nowhere near a real installation.
 */

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
async function loadDemo(database: Database, tables: Tables): Promise<boolean> {
  const { organizations } = tables;
  const present = await database.select({ id: organizations.id }).from(organizations);
  if (present.length > 0) return false;
  const passwordHash = await hashPassword(PASSWORD);
  const writes = demo(passwordHash)
    .map(organizationRows)
    .flatMap((rows) => [
      insertOrganization(database, rows, tables),
      ...insertBelongings(database, rows, tables),
    ]);
  const [first, ...rest] = writes;
  if (tables === postgresTables) for (const write of writes) await write;
  else if (first) await database.batch([first, ...rest]);
  return true;
}

/** The same, all or nothing, in a Postgres on this machine. */
async function loadIntoPostgres(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN');
    const loaded = await loadDemo(openPostgres(client), postgresTables);
    await client.query('COMMIT');
    return loaded;
  } finally {
    await client.end();
  }
}

function loadIntoD1(folder: string): Promise<boolean> {
  return withLocalD1(folder, (d1) => loadDemo(drizzle(d1, { schema: sqliteTables }), sqliteTables));
}

const { values } = parseArgs({
  options: { 'persist-to': { type: 'string' }, postgres: { type: 'boolean' } },
  strict: false,
});
const folder = values['persist-to'];
const url = process.env.DATABASE_URL;
const isPostgres = values.postgres === true && url !== undefined && isLoopback(url);
if (typeof folder === 'string' && process.argv.length <= 4) {
  report(await loadIntoD1(resolve(folder)));
} else if (isPostgres && process.argv.length === 3) {
  report(await loadIntoPostgres(url));
} else {
  console.error(
    'Demo data is for a database on this machine: node drizzle/demo/demo.ts --persist-to FOLDER, ' +
      'or DATABASE_URL=postgres://…@localhost/… node drizzle/demo/demo.ts --postgres',
  );
  process.exitCode = 1;
}

function report(loaded: boolean): void {
  console.log(loaded ? 'The demo data is loaded.' : 'There is data already; nothing was changed.');
}
