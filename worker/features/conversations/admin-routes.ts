import { Hono } from 'hono';
import { z } from 'zod';
import { conversationSummary } from '../../../protocol/conversation/conversation.ts';
import { conversationDetail } from '../../../protocol/conversation/conversation-detail.ts';
import { conversationStatus } from '../../../protocol/conversation/conversation-fields.ts';
import { sees } from '../../../protocol/conversation/visibility.ts';
import { queueCounts } from '../../../protocol/resources/queue-counts.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { cleaned } from '../../http/input/fields.ts';
import { idParam, listQuery, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { withSeenTotal } from '../customers/seen-totals-store.ts';
import { change, resolve } from './change.ts';
import { changeRequest } from './change-request.ts';
import { countQueues } from './store/counts.ts';
import { listConversations, type Queue } from './store/lists.ts';
import { findConversation } from './store/one.ts';

const query = listQuery.extend({
  /** Left out: what is open; of those that name the agent, all. */
  status: z.union([z.literal('open'), conversationStatus]).optional(),
  assignee: z.union([z.literal('me'), z.literal('none'), uuid]).optional(),
  department: uuid.optional(),
  label: uuid.optional(),
  /** Conversations whose notes mention the calling agent. */
  mentioned: z.literal('me').optional(),
  q: cleaned().max(200).optional(),
  sort: z.enum(['activity', 'waiting']).default('activity'),
});

/** The conversations as agents list, look at and change them. */
export const conversations = new Hono<AdminEnv>()
  .get(
    '/',
    permit('inbox.read'),
    described('A page of a queue.', { 200: pageOf(conversationSummary) }),
    validated('query', query),
    async (context) => {
      const { assignee, mentioned, status, ...rest } = context.req.valid('query');
      const { agent } = context.var;
      const queue: Queue = {
        ...rest,
        status: status ?? (mentioned ? 'any' : 'open'),
        mentioned: mentioned && agent.id,
        assignee: assignee === undefined ? undefined : { id: assigneeOf(assignee, agent.id) },
      };
      const db = databaseOf(context);
      const list = await listConversations(db, agent.organization_id, queue, agent);
      return context.json(list, 200);
    },
  )
  .get(
    '/counts',
    permit('inbox.read'),
    described('The number of conversations in each queue, department and label, up to a cap.', {
      200: queueCounts,
    }),
    async (context) => {
      const { agent } = context.var;
      const counts = await countQueues(databaseOf(context), agent.organization_id, agent);
      return context.json(counts, 200);
    },
  )
  .get(
    '/:id',
    permit('inbox.read'),
    described('One conversation with its customer.', {
      200: z.object({ conversation: conversationDetail }),
    }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const { id } = context.req.valid('param');
      const { organization_id } = agent;
      const db = databaseOf(context);
      const conversation = await findConversation(db, organization_id, id);
      if (!conversation || !sees(agent, conversation)) throw new FoyerError('not_found');
      const { widget_customer: whole } = conversation;
      const widget_customer = await withSeenTotal(db, organization_id, agent, whole);
      return context.json({ conversation: { ...conversation, widget_customer } }, 200);
    },
  )
  .patch(
    '/:id',
    described('Changes status, assignee, department, priority or labels.', {
      200: z.object({ conversation: conversationSummary }),
    }),
    validated('param', idParam),
    validated('json', changeRequest),
    async (context) => {
      const { id } = context.req.valid('param');
      const { agent } = context.var;
      const { env } = context;
      const db = databaseOf(context);
      const requested = await resolve(db, agent, context.req.valid('json'));
      const conversation = await change(env, db, agent, id, requested);
      return context.json({ conversation }, 200);
    },
  )
  .post(
    '/:id/claim',
    permit('conversation.assign'),
    described('Assigns the conversation to the agent; 409 names the agent who has it.', {
      200: z.object({ conversation: conversationSummary }),
    }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const conversation = await callConversation(
        context.env,
        agent,
        context.req.valid('param').id,
        (object) => object.claim(agent),
      );
      return context.json({ conversation }, 200);
    },
  );

function assigneeOf(assignee: string, me: string): string | null {
  if (assignee === 'none') return null;
  return assignee === 'me' ? me : assignee;
}
