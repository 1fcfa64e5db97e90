import { and, asc, eq, exists } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { IdentitySecretRecord } from '../../../protocol/resources/identity-secret.ts';
import { recordActivity } from '../../activity/record-store.ts';
import type { By } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';

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
  by: By,
  now: Date,
): Promise<IdentitySecretRecord> {
  const { organization_id } = by;
  const id = v7();
  await writeAll(db, [
    db.insert(identitySecrets).values({ organization_id, id, created_at: now }),
    recordActivity(db, by, { kind: 'identity_secret.created', subject: { id } }),
  ]);
  return { id, created_at: now.toISOString() };
}

/** From now on tokens under it are worth nothing. Whether there was one. */
export async function retireIdentitySecret(db: Database, by: By, id: string): Promise<boolean> {
  const { organization_id } = identitySecrets;
  const it = and(eq(organization_id, by.organization_id), eq(identitySecrets.id, id));
  const find = db.select({ id: identitySecrets.id }).from(identitySecrets).where(it);
  if ((await find).length === 0) return false;
  await writeAll(db, [
    recordActivity(db, by, { kind: 'identity_secret.retired', subject: { id } }, exists(find)),
    db.delete(identitySecrets).where(it),
  ]);
  return true;
}
