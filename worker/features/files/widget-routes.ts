import { Hono } from 'hono';
import type { WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { requireVisitor } from '../../http/guards.ts';
import { ackResponse, idParam, linkResponse, messageParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { linkTo } from './link-to.ts';
import { upload, uploadQuery } from './upload.ts';

/** A visitor's files: sent as the body of a request, and had by a link. */
export const files = new Hono<WidgetEnv>()
  .use('/:id/files/*', requireVisitor)
  .post(
    '/:id/files',
    described(
      'Sends a file, which is the body. A resend gets the first ack.',
      { 200: ackResponse, 201: ackResponse },
      { upload: ['*/*'] },
    ),
    validated('param', idParam),
    validated('query', uploadQuery),
    async (context) => {
      const { visitor } = context.var;
      const { id } = context.req.valid('param');
      const { first, ...ack } = await upload(
        context.env,
        visitor,
        id,
        context.req.valid('query'),
        context.req.raw,
      );
      return context.json(ack, first ? 201 : 200);
    },
  )
  .get(
    '/:id/files/:seq',
    described('A link to the file of a message. It works for some minutes.', { 200: linkResponse }),
    validated('param', messageParam),
    async (context) => {
      const { id, seq } = context.req.valid('param');
      return context.json(await linkTo(context.env, context.var.visitor, id, seq), 200);
    },
  );
