import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { widgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { actorOf, following } from '../../auth/principal.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { callConversations } from '../visitor-sessions/call-conversations.ts';
import { restraintOf } from '../visitor-sessions/standing.ts';
import { mustSeeCustomer } from './seen-customer.ts';
import { withSeenTotal } from './seen-totals-store.ts';
import { blockCustomer, toRecord } from './store.ts';

const answer = z.object({ widget_customer: widgetCustomerRecord });

/**
 * Writes it down, so that no new session begins, and then tells the conversations, the closed ones too,
 * whose sockets end. A block ends the sessions that there are; the visitor token stays, so that whoever
 * is unblocked opens a new session and has their conversations again. Said again, it makes up for a conversation that could not be told.
 */
async function setBlocked(context: Context<AdminEnv>, id: string, blocked: boolean) {
  const { agent } = context.var;
  const db = databaseOf(context);
  const since = blocked ? new Date() : null;
  await mustSeeCustomer(db, agent, id);
  const row = await blockCustomer(db, agent.organization_id, id, since, actorOf(agent, id));
  if (!row) throw new FoyerError('not_found');
  const restraint = { ...restraintOf(row), blocked };
  await callConversations(context.env, db, following(agent, id), id, (object, by) =>
    object.restrain(by, restraint),
  );
  const { organization_id } = agent;
  return { widget_customer: await withSeenTotal(db, organization_id, agent, toRecord(row)) };
}

/** Ends what a visitor has open, and lets them begin nothing new. */
export const customerBlock = new Hono<AdminEnv>()
  .post(
    '/:id/block',
    permit('customer.block'),
    described('Blocks a customer: their sessions end, new ones are refused.', { 200: answer }),
    validated('param', idParam),
    async (context) =>
      context.json(await setBlocked(context, context.req.valid('param').id, true), 200),
  )
  .delete(
    '/:id/block',
    permit('customer.block'),
    described('Unblocks a customer.', { 200: answer }),
    validated('param', idParam),
    async (context) =>
      context.json(await setBlocked(context, context.req.valid('param').id, false), 200),
  );
