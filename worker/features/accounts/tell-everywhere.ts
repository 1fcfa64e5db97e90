import { afterwards } from '../../http/afterwards.ts';
import { type AdminContext, databaseOf } from '../../http/context.ts';
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
  for (const organization of await organizationsOf(databaseOf(context), id)) {
    const inbox = organizationObject(context.env, organization);
    afterwards(context, inbox.announce('members'));
    if (!renamed) continue;
    afterwards(context, inbox.comeBack(organization, [id]));
    afterwards(context, inbox.reassess(organization, id));
  }
}
