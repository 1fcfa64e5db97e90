import { and, asc, eq } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { IdentitySecretRecord } from '../../../protocol/identity-secret.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { identitySecrets } = tables;

/** The names of an organization's identity secrets; what they are is derived, and not here. */

/** The active ones, oldest first. */
export async function listIdentitySecrets(
  db: Database,
  organizationId: string,
): Promise<IdentitySecretRecord[]> {
  const rows = await db
    .select()
    .from(identitySecrets)
    .where(eq(identitySecrets.organization_id, organizationId))
    .orderBy(asc(identitySecrets.id));
  return rows.map(({ id, created_at }) => ({ id, created_at: created_at.toISOString() }));
}

export async function createIdentitySecret(
  db: Database,
  organization_id: string,
  now: Date,
): Promise<IdentitySecretRecord> {
  const id = v7();
  await db.insert(identitySecrets).values({ organization_id, id, created_at: now });
  return { id, created_at: now.toISOString() };
}

/** From now on tokens under it are worth nothing. Whether there was one. */
export async function retireIdentitySecret(
  db: Database,
  organizationId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(identitySecrets)
    .where(and(eq(identitySecrets.organization_id, organizationId), eq(identitySecrets.id, id)))
    .returning({ id: identitySecrets.id });
  return rows.length > 0;
}
