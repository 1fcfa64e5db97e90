import { inArray } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { countedMails } = tables;

/** Which of these rows are there. */
export async function takenIds(db: Database, ids: readonly string[]): Promise<Set<string>> {
  const rows = await db
    .select({ id: countedMails.id })
    .from(countedMails)
    .where(inArray(countedMails.id, ids));
  return new Set(rows.map(({ id }) => id));
}

/** Writes a row; false where another request was first. */
export async function takeNumber(db: Database, id: string, endsAt: Date): Promise<boolean> {
  const rows = await db
    .insert(countedMails)
    .values({ id, ends_at: endsAt })
    .onConflictDoNothing()
    .returning({ id: countedMails.id });
  return rows.length > 0;
}

export async function giveBack(db: Database, ids: readonly string[]): Promise<void> {
  if (ids.length > 0) await db.delete(countedMails).where(inArray(countedMails.id, ids));
}
