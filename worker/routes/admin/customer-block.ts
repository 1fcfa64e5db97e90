import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { widgetCustomerRecord } from '../../../protocol/resources.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { reach } from '../../conversation/reach.ts';
import { unrestricted } from '../../conversation/who.ts';
import { described } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { permit } from '../../guards.ts';
import { listOpenOfCustomer } from '../../store/conversations/lists.ts';
import { blockCustomer, toRecord } from '../../store/customers.ts';
import { withSeenTotal } from '../../store/seen-totals.ts';
import { validated } from '../../validated.ts';
import { idParam } from '../params.ts';
import { mustSeeCustomer } from './seen-customer.ts';

const answer = z.object({ widget_customer: widgetCustomerRecord });

/**
 * Writes it down, so that no new session begins, and then tells all of the open conversations, whose
 * sockets end. Said again, it makes up for a conversation that could not be told.
 */
async function setBlocked(context: Context<AdminEnv>, id: string, blocked: boolean) {
  const { agent } = context.var;
  const db = databaseOf(context);
  const since = blocked ? new Date() : null;
  await mustSeeCustomer(db, agent, id);
  const row = await blockCustomer(db, agent.organization_id, id, since);
  if (!row) throw new FoyerError('not_found');
  const open = await listOpenOfCustomer(db, agent.organization_id, id);
  const teller = unrestricted(agent);
  await Promise.all(
    open.map((one) => reach(context.env, teller, one, (object) => object.block(teller, blocked))),
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
