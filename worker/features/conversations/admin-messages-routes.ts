import { Hono } from 'hono';
import { z } from 'zod';
import { message, withActor } from '../../../protocol/conversation/message.ts';
import { MAX_MENTIONS } from '../../../protocol/limits.ts';
import { may } from '../../auth/principal.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { AdminEnv } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import {
  ackResponse,
  deleteQuery,
  editRequest,
  historyQuery,
  idParam,
  messageParam,
  postRequest,
  toPage,
  uuid,
  withCursor,
} from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { forgetFile } from '../files/link-to.ts';

/** The users whom a note names. */
const mentions = z.array(uuid).max(MAX_MENTIONS).optional();
const agentPost = postRequest.extend({
  kind: z.enum(['text', 'note']).default('text'),
  mentions,
});
/** Of a note: whom it names now; left out: whom it named. */
const agentEdit = editRequest.extend({ mentions });

/** An entry as the API has it: it always says who did it. */
const entry = message.required({ by: true });

/** Messages as agents read and write them, private notes included. */
export const messages = new Hono<AdminEnv>()
  .get(
    '/:id/messages',
    permit('inbox.read'),
    described('A page of the history, in order, notes included.', { 200: pageOf(entry) }),
    validated('param', idParam),
    validated('query', historyQuery),
    async (context) => {
      const { agent } = context.var;
      const page = toPage(context.req.valid('query'));
      const history = await callConversation(
        context.env,
        agent,
        context.req.valid('param').id,
        (conversation) => conversation.history(agent, page),
      );
      const items = history.items.map(withActor);
      return context.json(withCursor(page, { ...history, items }), 200);
    },
  )
  .post(
    '/:id/messages',
    described('Replies, or adds a private note.', { 200: ackResponse, 201: ackResponse }),
    validated('param', idParam),
    validated('json', agentPost),
    async (context) => {
      const { agent } = context.var;
      const sent = context.req.valid('json');
      const action = sent.kind === 'note' ? 'conversation.note' : 'conversation.reply';
      if (!may(agent, action)) throw new FoyerError('forbidden');
      const { first, ...ack } = await callConversation(
        context.env,
        agent,
        context.req.valid('param').id,
        (conversation) => conversation.post(agent, sent),
      );
      return context.json(ack, first ? 201 : 200);
    },
  )
  .patch(
    '/:id/messages/:seq',
    permit('conversation.reply'),
    described('Changes the text of your own message, within a time limit.', { 200: ackResponse }),
    validated('param', messageParam),
    validated('json', agentEdit),
    async (context) => {
      const { agent } = context.var;
      const { id, seq } = context.req.valid('param');
      const change = { ...context.req.valid('json'), seq };
      const { first: _, ...ack } = await callConversation(context.env, agent, id, (conversation) =>
        conversation.amend(agent, change),
      );
      return context.json(ack, 200);
    },
  )
  .delete(
    '/:id/messages/:seq',
    permit('conversation.reply'),
    described('Deletes your own message, within a time limit.', { 200: ackResponse }),
    validated('param', messageParam),
    validated('query', deleteQuery),
    async (context) => {
      const { agent } = context.var;
      const { id, seq } = context.req.valid('param');
      const { file } = await callConversation(context.env, agent, id, (object) =>
        object.message(agent, seq),
      );
      const change = { ...context.req.valid('query'), seq, body: null };
      const { first: _, ...ack } = await callConversation(context.env, agent, id, (conversation) =>
        conversation.amend(agent, change),
      );
      if (file) await forgetFile(context.env, agent.organization_id, id, file.id);
      return context.json(ack, 200);
    },
  );
