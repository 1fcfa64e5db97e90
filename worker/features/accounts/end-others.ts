import type { Write } from '../../database/database.ts';
import { type AdminContext, databaseOf } from '../../http/context.ts';
import { organizationObject } from '../../organization/address.ts';
import { endSessionsEverywhere } from '../team/store.ts';

/**
 * Ends all other sessions of the caller and closes their sockets.
 *
 * @param record a write that takes effect together with the end of the sessions
 */
export async function endOthers(context: AdminContext, record?: Write): Promise<void> {
  const { id, session_id } = context.var.agent;
  const options = { keep: session_id, ...(record && { record }) };
  for (const ended of await endSessionsEverywhere(databaseOf(context), id, options)) {
    if (ended.organization_id) {
      await organizationObject(context.env, ended.organization_id).revoke(
        ended.organization_id,
        id,
        ended.id,
      );
    }
  }
}
