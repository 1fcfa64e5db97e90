import { and, asc, eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { CannedResponse } from '../../../protocol/canned-response.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

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
  organization_id: string,
  values: NewCannedResponse,
): Promise<CannedResponse> {
  const made = { id: v7(), ...values };
  await db.insert(cannedResponses).values({ organization_id, ...made });
  return made;
}

/** Null when there is no such response. */
export async function updateCannedResponse(
  db: Database,
  organizationId: string,
  id: string,
  values: NewCannedResponse,
): Promise<CannedResponse | null> {
  const rows = await db
    .update(cannedResponses)
    .set(values)
    .where(isResponse(organizationId, id))
    .returning({ id: cannedResponses.id });
  return rows.length > 0 ? { id, ...values } : null;
}

/** Whether there was one to remove. */
export async function removeCannedResponse(
  db: Database,
  organizationId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(cannedResponses)
    .where(isResponse(organizationId, id))
    .returning({ id: cannedResponses.id });
  return rows.length > 0;
}

function isResponse(organizationId: string, id: string) {
  return and(eq(cannedResponses.organization_id, organizationId), eq(cannedResponses.id, id));
}
