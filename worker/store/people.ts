import { eq } from 'drizzle-orm';
import { type Preferences, preferences } from '../../protocol/preferences.ts';
import { userPreferences, users } from './configured.ts';
import type { Database } from './database.ts';

/** What belongs to a person and to no organization. */

/** What somebody chose, with the defaults for the rest. */
export async function readPreferences(db: Database, userId: string): Promise<Preferences> {
  const [row] = await db
    .select({ preferences: userPreferences.preferences })
    .from(userPreferences)
    .where(eq(userPreferences.user_id, userId));
  return preferences.parse(row?.preferences ?? {});
}

/** Changes some of what somebody chose; answers all of it. */
export async function changePreferences(
  db: Database,
  userId: string,
  change: Partial<Preferences>,
): Promise<Preferences> {
  const next = { ...(await readPreferences(db, userId)), ...change };
  await db
    .insert(userPreferences)
    .values({ user_id: userId, preferences: next })
    .onConflictDoUpdate({ target: userPreferences.user_id, set: { preferences: next } });
  return next;
}

export async function rename(db: Database, userId: string, name: string): Promise<void> {
  await db.update(users).set({ name, updatedAt: new Date() }).where(eq(users.id, userId));
}
