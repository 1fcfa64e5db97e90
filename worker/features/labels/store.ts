import { and, asc, eq, exists } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { Label } from '../../../protocol/resources/label.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { type By, isSameValue } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';
import { given } from '../../database/given.ts';

const { labels } = tables;

/** The columns of a label as the API shows it. */
const columns = { id: labels.id, name: labels.name, color: labels.color };

/** What agents sort conversations with. A name is there once; a second one fails as a duplicate. */

/** A column that may be null may be left out: of a new label it is null, of one that is there it stays. */
type LabelValues = Omit<typeof labels.$inferInsert, 'organization_id' | 'id'>;

/** All of them, by name. */
export function listLabels(db: Database, organizationId: string): Promise<Label[]> {
  return db
    .select(columns)
    .from(labels)
    .where(eq(labels.organization_id, organizationId))
    .orderBy(asc(labels.name));
}

export async function createLabel(db: Database, by: By, values: LabelValues): Promise<Label> {
  const { organization_id } = by;
  const made: Label = { id: v7(), ...given(values) };
  await writeAll(db, [
    db.insert(labels).values({ organization_id, ...made }),
    recordActivity(db, by, { kind: 'label.created', subject: made, after: made }),
  ]);
  return made;
}

/** Null when there is no such label. */
export async function updateLabel(
  db: Database,
  by: By,
  id: string,
  values: LabelValues,
): Promise<Label | null> {
  const before = await findLabel(db, by.organization_id, id);
  if (!before) return null;
  const after: Label = { ...before, ...given(values) };
  if (isSameValue(before, after)) return after;
  const it = isLabel(by.organization_id, id);
  const what = { kind: 'label.changed', subject: after, before, after } as const;
  await writeAll(db, [
    db.update(labels).set(values).where(it),
    recordActivity(db, by, what, exists(db.select().from(labels).where(it))),
  ]);
  return after;
}

/** Removes it, from its conversations too. Whether there was one to remove. */
export async function removeLabel(db: Database, by: By, id: string): Promise<boolean> {
  const before = await findLabel(db, by.organization_id, id);
  if (!before) return false;
  const it = isLabel(by.organization_id, id);
  const what = { kind: 'label.removed', subject: before, before } as const;
  await writeAll(db, [
    recordActivity(db, by, what, exists(db.select().from(labels).where(it))),
    db.delete(labels).where(it),
  ]);
  return true;
}

async function findLabel(db: Database, organizationId: string, id: string): Promise<Label | null> {
  const [row] = await db.select(columns).from(labels).where(isLabel(organizationId, id));
  return row ?? null;
}

function isLabel(organizationId: string, id: string) {
  return and(eq(labels.organization_id, organizationId), eq(labels.id, id));
}
