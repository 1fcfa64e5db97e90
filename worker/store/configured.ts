import { env } from 'cloudflare:workers';
import { postgresTables, sqliteTables, type Tables } from '../../drizzle/dialects.ts';
import type { Env } from '../env.ts';
import { log } from '../kernel/log.ts';

/**
 * Which database this installation uses. The bindings choose: DB is D1, HYPERDRIVE is Postgres, and
 * there must be exactly one of them. Known from the moment the Worker starts, as the tables are.
 */

type Bindings = Pick<Env, 'DB' | 'HYPERDRIVE'>;

/** What is wrong with the bindings; safe to show, and null when nothing is. */
export function misconfiguration({ DB, HYPERDRIVE }: Bindings): string | null {
  if (!DB !== !HYPERDRIVE) return null;
  return DB
    ? 'Foyer has two databases: of DB (D1) and HYPERDRIVE (Postgres), wrangler.toml may bind one.'
    : 'Foyer has no database: wrangler.toml must bind DB (D1) or HYPERDRIVE (Postgres).';
}

const wrong = misconfiguration(env);
if (wrong) {
  log.error('misconfigured', { reason: env.DB ? 'two_databases' : 'no_database' });
}

export const databaseKind: 'd1' | 'postgres' = env.HYPERDRIVE ? 'postgres' : 'd1';

/** The tables that all queries name. */
export const tables: Tables = databaseKind === 'postgres' ? postgresTables : sqliteTables;

export const {
  accounts,
  cannedResponses,
  conversationLabels,
  conversationMentions,
  conversations,
  countedMails,
  customerNotes,
  customers,
  departmentMembers,
  departments,
  identitySecrets,
  invitations,
  labels,
  members,
  migrationRecords,
  organizations,
  savedViews,
  searchDocuments,
  sessions,
  twoFactors,
  userPictures,
  userPreferences,
  users,
  widgetCustomers,
  widgetSettings,
  wranglerMigrations,
} = tables;
