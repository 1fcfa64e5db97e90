import { Hono } from 'hono';
import { z } from 'zod';
import { visitorConversation } from '../../../protocol/conversation/conversation.ts';
import { rating } from '../../../protocol/conversation/rating.ts';
import {
  startedConversation,
  visitorConversationItem,
} from '../../../protocol/conversation/visitor-conversation.ts';
import {
  MAX_IDENTITY_TOKEN_LENGTH,
  MAX_RATING_COMMENT_LENGTH,
  MAX_URL_LENGTH,
} from '../../../protocol/limits.ts';
import { readSessionToken } from '../../auth/visitors.ts';
import { callConversation } from '../../conversation/calls/call-conversation.ts';
import { readTranscript } from '../../conversation/calls/transcript.ts';
import { sessionOf } from '../../conversation/who.ts';
import { addressOf, asVisitor, databaseOf, type WidgetEnv } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { bearer, limitVisitor, requireVisitor } from '../../http/guards.ts';
import { cleaned } from '../../http/input/fields.ts';
import { idParam, listQuery, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { preChatData, visitorData } from '../departments/pre-chat.ts';
import { addressKey } from '../quotas/address-key.ts';
import { searchForVisitor } from '../search/visitor-store.ts';
import { mustBeAdmitted } from '../visitor-sessions/store.ts';
import { open } from './open.ts';
import { listForVisitor } from './store/lists.ts';
import { findForVisitor } from './store/one.ts';

/** What the database's column can hold; wrangler says other things of a local request. */
const ip = z.union([z.ipv4(), z.ipv6()]);

const address = z.string().max(MAX_URL_LENGTH).nullish();

/** A session's token carries an identity's claims, and those are as long as their own token. */
const MAX_SESSION_TOKEN_LENGTH = MAX_IDENTITY_TOKEN_LENGTH + 2_000;

const request = z.object({
  sessionToken: z.string().max(MAX_SESSION_TOKEN_LENGTH).nullish(),
  departmentId: uuid,
  preChatData: preChatData.default({}),
  customerData: visitorData.prefault({}),
  previousConversationId: uuid.nullish(),
  page: z.object({ url: address, referrer: address }).default({}),
});

const searchQuery = listQuery.extend({ q: cleaned().max(200).optional() });

const ratingRequest = rating.extend({
  comment: cleaned().max(MAX_RATING_COMMENT_LENGTH).nullable().default(null),
});

/** A visitor's conversations: picked, listed, looked at, closed. */
export const conversations = new Hono<WidgetEnv>()
  .post(
    '/',
    described(
      'Picks a department: finds or creates the customer and a conversation in the department.',
      {
        200: z.object({ conversation: startedConversation }),
        201: z.object({ conversation: startedConversation }),
      },
    ),
    validated('json', request),
    async (context) => {
      const body = context.req.valid('json');
      const token = bearer(context.req.header('authorization')) ?? body.sessionToken;
      const session = await readSessionToken(context.env.FOYER_SECRET, token);
      await limitVisitor(context.env, session.visitor_id);
      const address = await addressKey(context.env, session.organization_id, context.req.raw);
      const { cf } = context.req.raw;
      const { conversation, is_new } = await open(
        context.env,
        databaseOf(context),
        asVisitor(session, address),
        {
          ...body,
          previousConversationId: body.previousConversationId ?? null,
          identity: session.identity,
          browser: {
            user_agent: context.req.header('user-agent')?.slice(0, MAX_URL_LENGTH) ?? null,
            ip_address: ip.safeParse(addressOf(context.req.raw)).data ?? null,
            country: typeof cf?.country === 'string' ? cf.country : null,
            city: typeof cf?.city === 'string' ? cf.city : null,
          },
        },
      );
      return context.json({ conversation }, is_new ? 201 : 200);
    },
  )
  .use(requireVisitor)
  .get(
    '/',
    described(
      "This visitor's conversations, newest first. With `q`, only those that contain the text, with the match in place of the preview. A cursor means that there are more, even if the page is not full.",
      { 200: pageOf(visitorConversationItem) },
    ),
    validated('query', searchQuery),
    async (context) => {
      const { visitor } = context.var;
      const { organization_id } = visitor;
      const db = databaseOf(context);
      const customers = await mustBeAdmitted(db, organization_id, sessionOf(visitor));
      const ids = customers.map(({ id }) => id);
      if (ids.length === 0) return context.json({ items: [], next_cursor: null }, 200);
      const { q, ...query } = context.req.valid('query');
      if (q) {
        const saidIn = async (id: string, characters: number) => {
          // One that does not answer is found by its last message, as the others still are.
          const transcript = await readTranscript(context.env, visitor, id, characters).catch(
            () => [],
          );
          return transcript.map(({ body }) => body);
        };
        const results = await searchForVisitor(db, organization_id, ids, { ...query, q, saidIn });
        return context.json(results, 200);
      }
      return context.json(await listForVisitor(db, organization_id, ids, query), 200);
    },
  )
  .get(
    '/:id',
    described('One conversation.', { 200: z.object({ conversation: visitorConversationItem }) }),
    validated('param', idParam),
    async (context) => {
      const { visitor } = context.var;
      const { id } = context.req.valid('param');
      const { organization_id } = visitor;
      const db = databaseOf(context);
      const session = sessionOf(visitor);
      const [, conversation] = await Promise.all([
        mustBeAdmitted(db, organization_id, session),
        findForVisitor(db, organization_id, session.visitor_ids, id),
      ]);
      if (!conversation) throw new FoyerError('not_found');
      return context.json({ conversation }, 200);
    },
  )
  .post(
    '/:id/close',
    described('Closes the conversation. Has no effect on a closed one.', {
      200: z.object({ conversation: visitorConversation }),
    }),
    validated('param', idParam),
    async (context) => {
      const { visitor } = context.var;
      const { id } = context.req.valid('param');
      const conversation = await callConversation(context.env, visitor, id, (object) =>
        object.close(visitor, 'visitor_left'),
      );
      return context.json({ conversation: visitorConversation.parse(conversation) }, 200);
    },
  )
  .put(
    '/:id/rating',
    described('Rates the conversation. A later rating replaces the earlier one.', { 204: null }),
    validated('param', idParam),
    validated('json', ratingRequest),
    async (context) => {
      const { visitor } = context.var;
      const { id } = context.req.valid('param');
      const { score, comment } = context.req.valid('json');
      await callConversation(context.env, visitor, id, (object) =>
        object.rate(visitor, { score, comment: comment || null }),
      );
      return context.body(null, 204);
    },
  );
