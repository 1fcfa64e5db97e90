import { Hono } from 'hono';
import { customerEntry } from '../../../protocol/resources/customer-entry.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam, listQuery } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { mustSeeCustomer } from '../customers/seen-customer.ts';
import { listCustomerEntries } from './store.ts';

/** `GET /:id/entries`: what happened to a customer, and who did it. */
export const customerEntries = new Hono<AdminEnv>().get(
  '/:id/entries',
  permit('customer.read'),
  described('What happened to a customer, newest first: new names, blocks, ended sessions.', {
    200: pageOf(customerEntry),
  }),
  validated('param', idParam),
  validated('query', listQuery),
  async (context) => {
    const { agent } = context.var;
    const { id } = context.req.valid('param');
    const db = databaseOf(context);
    await mustSeeCustomer(db, agent, id);
    const query = context.req.valid('query');
    return context.json(await listCustomerEntries(db, agent.organization_id, id, query), 200);
  },
);
