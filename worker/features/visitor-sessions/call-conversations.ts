import type { Principal } from '../../auth/principal.ts';
import type { conversationObject } from '../../conversation/calls/address.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { Agent } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import type { Result } from '../../kernel/result.ts';
import { listConversationsToCall } from './store.ts';

/** Objects that are called at the same time. */
const AT_ONCE = 20;

type Stub = ReturnType<typeof conversationObject>;

/**
 * Tells the objects of a customer's conversations that the visitor is blocked or that their sessions
 * ended. The record is written first: a conversation that begins meanwhile sees it, and one that could
 * not be told is told when the same is asked again.
 *
 * @param call what is told; a conversation that is gone is passed over
 */
export async function callConversations<By extends Principal>(
  env: Env,
  db: Database,
  caller: By,
  customerId: string,
  call: (object: Stub, by: By | Agent) => Promise<Result<void>>,
): Promise<void> {
  const ids = await listConversationsToCall(db, caller.organization_id, customerId);
  for (let at = 0; at < ids.length; at += AT_ONCE) {
    const some = ids.slice(at, at + AT_ONCE);
    await Promise.all(some.map((id) => callConversation(env, caller, id, call).catch(passOver)));
  }
}

/** One that is gone, or that knows already and so refuses the visitor whose session it is. */
function passOver(error: unknown): void {
  const done = ['not_found', 'session_expired'];
  if (!(error instanceof FoyerError) || !done.includes(error.code)) throw error;
}
