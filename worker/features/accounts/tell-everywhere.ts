import { afterwards } from '../../http/afterwards.ts';
import { type AdminContext, databaseOf } from '../../http/context.ts';
import { publishRecords } from '../../http/publish.ts';
import { organizationObject } from '../../organization/address.ts';
import { organizationsOf } from './people-store.ts';

/**
 * Tells every organization that the agent is a member of that they changed something of their own,
 * after the answer.
 *
 * @param renamed whether it is their name: then their sockets come back under it, and the
 *   conversations that they have take it
 */
export async function tellEverywhere(
  context: AdminContext,
  { renamed = false }: { renamed?: boolean } = {},
): Promise<void> {
  const { id } = context.var.agent;
  const { env, executionCtx } = context;
  const db = databaseOf(context);
  for (const organizationId of await organizationsOf(db, id)) {
    const dashboards = { env, db, organizationId, executionCtx };
    await publishRecords(dashboards, 'members', ({ user_id }) => user_id === id);
    if (!renamed) continue;
    const inbox = organizationObject(env, organizationId);
    afterwards(context, inbox.comeBack(organizationId, [id]));
    afterwards(context, inbox.reassess(organizationId, id));
  }
}
