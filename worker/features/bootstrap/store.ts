import { sql } from 'drizzle-orm';
import { insertBelongings, type organizationRows } from '../../../drizzle/organization.ts';
import { DEFAULT_ACTIVITY_DAYS } from '../../../protocol/resources/activity-kinds.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';

const { organizations, passkeys } = tables;

/** Whether there is an organization. */
export async function isSetUp(database: Database): Promise<boolean> {
  const rows = await database.select({ id: organizations.id }).from(organizations).limit(1);
  return rows.length > 0;
}

/**
 * Writes the first organization and all that belongs to it, or nothing where there is one already.
 *
 * @param passkey its owner's, where they have one in place of a password
 * @returns whether it was written
 */
export async function insertFirst(
  database: Database,
  rows: ReturnType<typeof organizationRows>,
  passkey: typeof passkeys.$inferInsert | null,
): Promise<boolean> {
  const { id, name, slug, createdAt } = rows.organization;
  const [owner] = rows.users;
  try {
    await writeAll(
      database,
      [
        // Of two at once the second writes no organization, and with it nothing: what belongs to an
        // organization cannot be written without one.
        database.insert(organizations).select(
          sql`SELECT ${sql.param(id, organizations.id)}, ${name}, ${slug}, NULL, NULL,
              ${sql.param(createdAt, organizations.createdAt)}, FALSE,
              ${DEFAULT_ACTIVITY_DAYS}, FALSE
              WHERE NOT EXISTS (SELECT 1 FROM ${organizations})`,
        ),
        ...insertBelongings(database, rows, tables),
        ...(owner
          ? [
              recordActivity(
                database,
                { organization_id: id, actor: { kind: 'agent', id: owner.id, name: owner.name } },
                { kind: 'organization.created' },
              ),
            ]
          : []),
        ...(passkey ? [database.insert(passkeys).values(passkey)] : []),
      ],
      { alone: true },
    );
    return true;
  } catch (error) {
    if (await isSetUp(database)) return false;
    throw error;
  }
}
