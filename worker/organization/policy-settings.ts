import { recordsConversations } from '../activity/wanted-store.ts';
import { openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import { readAutoClose } from '../features/auto-close/store.ts';
import type { PolicySettings } from './policies.ts';

/** The settings of an organization that its conversations need, as the database says them now. */
export async function readPolicySettings(
  env: Env,
  organizationId: string,
): Promise<PolicySettings> {
  const db = openDatabase(env);
  const [auto_close, records_conversations] = await Promise.all([
    readAutoClose(db, organizationId),
    recordsConversations(db, organizationId),
  ]);
  return { auto_close, records_conversations };
}
