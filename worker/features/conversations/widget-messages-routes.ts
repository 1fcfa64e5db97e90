import { Hono } from 'hono';
import { message } from '../../../protocol/conversation/message.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import type { WidgetEnv } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { requireVisitor } from '../../http/guards.ts';
import {
  ackResponse,
  deleteQuery,
  editRequest,
  historyQuery,
  idParam,
  messageParam,
  postRequest,
  toPage,
  withCursor,
} from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { forgetFile } from '../files/link-to.ts';

/** A visitor's messages, for networks without WebSockets: same rules, same acks. */
export const messages = new Hono<WidgetEnv>()
  .use('/:id/messages/*', requireVisitor)
  .get(
    '/:id/messages',
    described('A page of the history, in order.', { 200: pageOf(message) }),
    validated('param', idParam),
    validated('query', historyQuery),
    async (context) => {
      const { visitor } = context.var;
      const page = toPage(context.req.valid('query'));
      const history = await callConversation(
        context.env,
        visitor,
        context.req.valid('param').id,
        (conversation) => conversation.history(visitor, page),
      );
      return context.json(withCursor(page, history), 200);
    },
  )
  .post(
    '/:id/messages',
    described('Sends a message. A resend changes nothing and gets the first ack.', {
      200: ackResponse,
      201: ackResponse,
    }),
    validated('param', idParam),
    validated('json', postRequest),
    async (context) => {
      const { visitor } = context.var;
      const sent = context.req.valid('json');
      const { first, ...ack } = await callConversation(
        context.env,
        visitor,
        context.req.valid('param').id,
        (conversation) => conversation.post(visitor, { ...sent, kind: 'text' }),
      );
      return context.json(ack, first ? 201 : 200);
    },
  )
  .patch(
    '/:id/messages/:seq',
    described('Changes the text of your own message, within a time limit.', { 200: ackResponse }),
    validated('param', messageParam),
    validated('json', editRequest),
    async (context) => {
      const { visitor } = context.var;
      const { id, seq } = context.req.valid('param');
      const change = { ...context.req.valid('json'), seq };
      const { first: _, ...ack } = await callConversation(
        context.env,
        visitor,
        id,
        (conversation) => conversation.amend(visitor, change),
      );
      return context.json(ack, 200);
    },
  )
  .delete(
    '/:id/messages/:seq',
    described('Deletes your own message, within a time limit.', { 200: ackResponse }),
    validated('param', messageParam),
    validated('query', deleteQuery),
    async (context) => {
      const { visitor } = context.var;
      const { id, seq } = context.req.valid('param');
      const { file } = await callConversation(context.env, visitor, id, (object) =>
        object.message(visitor, seq),
      );
      const change = { ...context.req.valid('query'), seq, body: null };
      const { first: _, ...ack } = await callConversation(
        context.env,
        visitor,
        id,
        (conversation) => conversation.amend(visitor, change),
      );
      if (file) await forgetFile(context.env, visitor.organization_id, id, file.id);
      return context.json(ack, 200);
    },
  );
