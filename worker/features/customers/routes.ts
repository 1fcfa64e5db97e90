import { Hono } from 'hono';
import { z } from 'zod';
import { conversationSummary } from '../../../protocol/conversation/conversation.ts';
import { DEFAULT_PAGE } from '../../../protocol/limits.ts';
import { widgetCustomerRecord } from '../../../protocol/resources/customer.ts';
import { recordNow } from '../../activity/record-store.ts';
import { openDatabase } from '../../database/database.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { cleaned } from '../../http/input/fields.ts';
import { idParam, listQuery, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { listOfCustomer } from '../conversations/store/lists.ts';
import { customerData, toDetails } from '../departments/pre-chat.ts';
import { changeCustomer } from './change-customer.ts';
import { customersCsv } from './csv.ts';
import { listCustomers } from './list-store.ts';
import { isSeenBy, mustSeeCustomer } from './seen-customer.ts';
import { withSeenTotal, withSeenTotals } from './seen-totals-store.ts';
import { findCustomer, findRegistered, toRecord } from './store.ts';

const filter = z.object({
  q: cleaned().max(200).optional(),
  seenSince: z.iso.datetime().pipe(z.coerce.date()).optional(),
  hasEmail: z.stringbool().optional(),
  department: uuid.optional(),
  label: uuid.optional(),
  sort: z.enum(['last_seen', 'first_seen']).default('last_seen'),
});

/** The same list as a file; it streams, however long it is. */
export const customersFile = new Hono<AdminEnv>().get(
  '/customers.csv',
  permit('customer.export'),
  described('The customers as comma-separated values.', { 200: null }),
  validated('query', filter),
  async (context) => {
    const { agent } = context.var;
    await recordNow(databaseOf(context), byOf(context), { kind: 'customers.exported' });
    // Read until after the answer: the request's own connection is closed by then.
    const db = openDatabase(context.env);
    const filter = { ...context.req.valid('query'), visibility: agent };
    return context.body(customersCsv(db, agent.organization_id, filter), 200, {
      'content-type': 'text/csv; charset=utf-8',
      'content-disposition': 'attachment; filename="customers.csv"',
    });
  },
);

/** The people who wrote, and all that they wrote about. */
export const customers = new Hono<AdminEnv>()
  .get(
    '/',
    permit('customer.read'),
    described('A page of the widget customers.', { 200: pageOf(widgetCustomerRecord) }),
    validated('query', filter.extend(listQuery.shape)),
    async (context) => {
      const { agent } = context.var;
      const query = { ...context.req.valid('query'), visibility: agent };
      const db = databaseOf(context);
      const { items, next_cursor } = await listCustomers(db, agent.organization_id, query);
      const withTotals = await withSeenTotals(db, agent.organization_id, agent, items);
      return context.json({ items: withTotals, next_cursor }, 200);
    },
  )
  .get(
    '/:id',
    permit('customer.read'),
    described('A widget customer with their newest conversations, newest first.', {
      200: z.object({
        widget_customer: widgetCustomerRecord,
        registered: z.object({ id: z.string(), external_id: z.string() }).nullable(),
        conversations: z.array(conversationSummary),
        /** For `/{id}/conversations`: the older ones; null when there are none. */
        conversations_cursor: z.string().nullable(),
      }),
    }),
    validated('param', idParam),
    async (context) => {
      const { agent } = context.var;
      const { organization_id } = agent;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      const [row, { items: conversations, next_cursor: conversations_cursor }] = await Promise.all([
        findCustomer(db, organization_id, id),
        listOfCustomer(db, organization_id, id, { limit: DEFAULT_PAGE }, agent),
      ]);
      if (!row || !isSeenBy(agent, conversations)) throw new FoyerError('not_found');
      const registered = row.customer_id
        ? await findRegistered(db, organization_id, row.customer_id)
        : null;
      const widget_customer = await withSeenTotal(db, organization_id, agent, toRecord(row));
      const answer = { widget_customer, registered, conversations, conversations_cursor };
      return context.json(answer, 200);
    },
  )
  .get(
    '/:id/conversations',
    permit('customer.read'),
    described('A page of a widget customer’s conversations, newest first.', {
      200: pageOf(conversationSummary),
    }),
    validated('param', idParam),
    validated('query', listQuery),
    async (context) => {
      const { agent } = context.var;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      await mustSeeCustomer(db, agent, id);
      const query = context.req.valid('query');
      const list = await listOfCustomer(db, agent.organization_id, id, query, agent);
      return context.json(list, 200);
    },
  )
  .patch(
    '/:id',
    permit('customer.edit'),
    described("Changes a widget customer's name, e-mail address or phone number.", {
      200: z.object({ widget_customer: widgetCustomerRecord }),
    }),
    validated('param', idParam),
    validated('json', customerData),
    async (context) => {
      const details = toDetails(context.req.valid('json'));
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      const { agent } = context.var;
      await mustSeeCustomer(db, agent, id);
      const row = await changeCustomer(context.env, db, agent, id, details);
      const { organization_id } = agent;
      const widget_customer = await withSeenTotal(db, organization_id, agent, toRecord(row));
      return context.json({ widget_customer }, 200);
    },
  );
