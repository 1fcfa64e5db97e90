import { and, asc, eq, exists } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { CannedResponse } from '../../../protocol/resources/canned-response.ts';
import { recordActivity } from '../../activity/record-store.ts';
import { type By, isSameValue } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';

const { cannedResponses } = tables;

/** Texts that agents use again. A shortcut is there once; a second one fails as a duplicate. */

export type NewCannedResponse = Omit<CannedResponse, 'id'>;

/** All of them, by shortcut. */
export function listCannedResponses(
  db: Database,
  organizationId: string,
): Promise<CannedResponse[]> {
  return db
    .select({
      id: cannedResponses.id,
      shortcut: cannedResponses.shortcut,
      body: cannedResponses.body,
    })
    .from(cannedResponses)
    .where(eq(cannedResponses.organization_id, organizationId))
    .orderBy(asc(cannedResponses.shortcut));
}

export async function createCannedResponse(
  db: Database,
  by: By,
  values: NewCannedResponse,
): Promise<CannedResponse> {
  const { organization_id } = by;
  const made = { id: v7(), ...values };
  await writeAll(db, [
    db.insert(cannedResponses).values({ organization_id, ...made }),
    recordActivity(db, by, {
      kind: 'canned_response.created',
      subject: named(made),
      after: recorded(made),
    }),
  ]);
  return made;
}

/** Null when there is no such response. */
export async function updateCannedResponse(
  db: Database,
  by: By,
  id: string,
  values: NewCannedResponse,
): Promise<CannedResponse | null> {
  const before = await findCannedResponse(db, by.organization_id, id);
  if (!before) return null;
  const after = { id, ...values };
  if (isSameValue(before, after)) return after;
  const it = isResponse(by.organization_id, id);
  const what = {
    kind: 'canned_response.changed',
    subject: named(after),
    before: recorded(before),
    after: recorded(after),
  } as const;
  await writeAll(db, [
    db.update(cannedResponses).set(values).where(it),
    recordActivity(db, by, what, exists(db.select().from(cannedResponses).where(it))),
  ]);
  return after;
}

/** Whether there was one to remove. */
export async function removeCannedResponse(db: Database, by: By, id: string): Promise<boolean> {
  const before = await findCannedResponse(db, by.organization_id, id);
  if (!before) return false;
  const it = isResponse(by.organization_id, id);
  const what = {
    kind: 'canned_response.removed',
    subject: named(before),
    before: recorded(before),
  } as const;
  await writeAll(db, [
    recordActivity(db, by, what, exists(db.select().from(cannedResponses).where(it))),
    db.delete(cannedResponses).where(it),
  ]);
  return true;
}

async function findCannedResponse(
  db: Database,
  organizationId: string,
  id: string,
): Promise<CannedResponse | null> {
  const { shortcut, body } = cannedResponses;
  const [row] = await db
    .select({ id: cannedResponses.id, shortcut, body })
    .from(cannedResponses)
    .where(isResponse(organizationId, id));
  return row ?? null;
}

const named = ({ id, shortcut }: CannedResponse) => ({ id, name: `/${shortcut}` });

/** The activity has no texts that are sent: of the body its length. */
const recorded = ({ shortcut, body }: NewCannedResponse) => ({ shortcut, characters: body.length });

function isResponse(organizationId: string, id: string) {
  return and(eq(cannedResponses.organization_id, organizationId), eq(cannedResponses.id, id));
}
