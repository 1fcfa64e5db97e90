import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Agent } from '../../conversation/who.ts';
import type { Database } from '../../database/database.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { listOfCustomer } from '../conversations/store/lists.ts';
import { findCustomer } from './store.ts';

/** Whether a customer is there for the agent: see protocol/conversation/visibility.ts. @param visible some that they see */
export function isSeenBy(agent: Agent, visible: readonly ConversationSummary[]): boolean {
  return agent.departments === undefined || visible.length > 0;
}

/** @throws FoyerError not_found for a customer who is not there, or not for this agent */
export async function mustSeeCustomer(db: Database, agent: Agent, id: string): Promise<void> {
  const { organization_id } = agent;
  if (!(await findCustomer(db, organization_id, id))) throw new FoyerError('not_found');
  if (agent.departments === undefined) return;
  const { items } = await listOfCustomer(db, organization_id, id, { limit: 1 }, agent);
  if (!isSeenBy(agent, items)) throw new FoyerError('not_found');
}
