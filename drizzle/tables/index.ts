import type { Kit } from '../kit.ts';
import { activityTables } from './activity.ts';
import { conversationTables } from './conversations.ts';
import { customerTables } from './customers.ts';
import { jobTables } from './jobs.ts';
import { organizationTables } from './organizations.ts';
import { settingTables } from './settings.ts';
import { sortingTables } from './sorting.ts';
import { userTables } from './users.ts';

/**
 * All tables, in the types of one database. Every tenant table's keys begin with organization_id (P6),
 * by which Citus would distribute them. On SQLite all are STRICT and WITHOUT ROWID (the migrations say
 * so; drizzle cannot), which saves one billed row per insert; `drizzle/migrations/migrations.test.ts` holds that
 * and that migrations and tables agree.
 */
export function tablesOf(kit: Kit) {
  const users = userTables(kit);
  const organizations = organizationTables(kit, users);
  const settings = settingTables(kit, { ...users, ...organizations });
  const customers = customerTables(kit, organizations);
  const conversations = conversationTables(kit, { ...customers, ...settings });
  const activity = activityTables(kit, organizations);
  const all = {
    ...users,
    ...organizations,
    ...settings,
    ...customers,
    ...conversations,
    ...activity,
  };
  return { ...all, ...sortingTables(kit, all), ...jobTables(kit, all) };
}
