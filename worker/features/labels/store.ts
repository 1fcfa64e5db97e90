import { and, asc, eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { Label } from '../../../protocol/label.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { labels } = tables;

/** What agents sort conversations with. A name is there once; a second one fails as a duplicate. */

export type NewLabel = Omit<Label, 'id'>;

/** All of them, by name. */
export function listLabels(db: Database, organizationId: string): Promise<Label[]> {
  return db
    .select({ id: labels.id, name: labels.name, color: labels.color })
    .from(labels)
    .where(eq(labels.organization_id, organizationId))
    .orderBy(asc(labels.name));
}

export async function createLabel(
  db: Database,
  organization_id: string,
  values: NewLabel,
): Promise<Label> {
  const made = { id: v7(), ...values };
  await db.insert(labels).values({ organization_id, ...made });
  return made;
}

/** Null when there is no such label. */
export async function updateLabel(
  db: Database,
  organizationId: string,
  id: string,
  values: NewLabel,
): Promise<Label | null> {
  const rows = await db
    .update(labels)
    .set(values)
    .where(isLabel(organizationId, id))
    .returning({ id: labels.id });
  return rows.length > 0 ? { id, ...values } : null;
}

/** Removes it, from its conversations too. Whether there was one to remove. */
export async function removeLabel(
  db: Database,
  organizationId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(labels)
    .where(isLabel(organizationId, id))
    .returning({ id: labels.id });
  return rows.length > 0;
}

function isLabel(organizationId: string, id: string) {
  return and(eq(labels.organization_id, organizationId), eq(labels.id, id));
}
