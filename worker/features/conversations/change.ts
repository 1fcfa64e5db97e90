import type { z } from 'zod';
import type { ConversationSummary } from '../../../protocol/conversation/conversation.ts';
import type { Action } from '../../auth/permissions.ts';
import { may } from '../../auth/principal.ts';
import { conversationObject } from '../../conversation/calls/address.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { Change } from '../../conversation/commands/commands.ts';
import { actionsOf } from '../../conversation/room/rights.ts';
import type { Agent } from '../../conversation/who.ts';
import { type Database, isDuplicate } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { listLabels } from '../labels/store.ts';
import { findDepartment, listMembers } from '../settings/store.ts';
import type { changeRequest } from './change-request.ts';
import { findConversation, reserve } from './store/one.ts';

type Asked = z.infer<typeof changeRequest>;

/**
 * What an agent asked to change, checked: whether they may do it, and names looked up in the
 * organization, since the object keeps them with its events.
 *
 * @throws FoyerError forbidden, validation_failed
 */
export async function resolve(db: Database, agent: Agent, request: Asked): Promise<Change> {
  const parts = { ...request, department: request.departmentId, assignee: request.assigneeId };
  const actions: Action[] = ['inbox.read', ...actionsOf(parts)];
  if (!actions.every((action) => may(agent, action))) throw new FoyerError('forbidden');
  return named(db, agent, request);
}

/**
 * Changes one conversation. A department is held in the database first, where the unique index
 * knows whether the customer has another conversation open there.
 *
 * @throws FoyerError not_found, conflict, conversation_closed
 */
export async function change(
  env: Env,
  db: Database,
  agent: Agent,
  id: string,
  requested: Change,
): Promise<ConversationSummary> {
  const apply = () =>
    callConversation(env, agent, id, (conversation) => conversation.change(agent, requested));
  // Where it is open in its department, nothing else is in the way: the object alone decides.
  if (requested.status !== 'active' && !requested.department) return apply();
  const before = await callConversation(env, agent, id, (conversation) => conversation.look(agent));
  const reopened = requested.status === 'active' && before.closed_at !== null;
  const moved = requested.department && requested.department.id !== before.department_id;
  if (moved && before.closed_at !== null && !reopened) throw new FoyerError('conversation_closed');
  if (!moved && !reopened) return apply();
  await hold(db, agent, id, requested.department?.id, reopened);
  try {
    return await apply();
  } catch (error) {
    // Refused after all: the row becomes what the object says again.
    await conversationObject(env, agent.organization_id, id).settle();
    throw error;
  }
}

async function named(db: Database, agent: Agent, request: Asked): Promise<Change> {
  const { assigneeId, departmentId, mentionSeen, ...rest } = request;
  const change: Change = { ...rest, ...(mentionSeen && { mentionSeenBy: agent.id }) };
  if (rest.addLabels || rest.removeLabels) Object.assign(change, await labelsOf(db, agent, rest));
  if (departmentId !== undefined) {
    const department = await findDepartment(db, agent.organization_id, departmentId);
    if (!department) throw unknown('departmentId', "This department doesn't exist.");
    change.department = { id: department.id, name: department.name };
    // An agent who moves a conversation out of their own departments gives it away.
    if (agent.departments && !agent.departments.includes(departmentId)) {
      change.givenAwayBy = agent.id;
    }
  }
  if (assigneeId === null) change.assignee = null;
  else if (assigneeId !== undefined) {
    const members = await listMembers(db, agent.organization_id);
    const member = members.find(({ user_id }) => user_id === assigneeId);
    if (!member) throw unknown('assigneeId', "This member doesn't exist.");
    change.assignee = { id: member.user_id, name: member.name };
  }
  return change;
}

/** What the object must know of labels: which there are, and what those that change are called. */
async function labelsOf(
  db: Database,
  agent: Agent,
  { addLabels = [], removeLabels = [] }: Pick<Asked, 'addLabels' | 'removeLabels'>,
): Promise<Pick<Change, 'knownLabels' | 'labelNames'>> {
  const labels = await listLabels(db, agent.organization_id);
  const knownLabels = labels.map(({ id }) => id);
  if (!addLabels.every((id) => knownLabels.includes(id))) {
    throw unknown('addLabels', "This label doesn't exist.");
  }
  const changing = labels.filter(({ id }) => [...addLabels, ...removeLabels].includes(id));
  const labelNames = Object.fromEntries(changing.map(({ id, name }) => [id, name]));
  return { ...(addLabels.length > 0 && { knownLabels }), labelNames };
}

function unknown(field: string, message: string): FoyerError {
  return new FoyerError('validation_failed', { fields: { [field]: message } });
}

async function hold(
  db: Database,
  { organization_id }: Agent,
  id: string,
  department_id: string | undefined,
  reopened: boolean,
): Promise<void> {
  try {
    await reserve(db, organization_id, id, {
      ...(department_id !== undefined && { department_id }),
      ...(reopened && { reopened }),
    });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    const detail = await findConversation(db, organization_id, id);
    const whose = detail?.customer.full_name ?? 'This visitor';
    throw new FoyerError('conflict', {
      message: `${whose} has another open conversation in that department.`,
    });
  }
}
