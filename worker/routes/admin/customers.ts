import { Hono } from 'hono';
import { z } from 'zod';
import { conversationSummary } from '../../../protocol/conversation.ts';
import { widgetCustomerRecord } from '../../../protocol/resources.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described, pageOf } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { permit } from '../../guards.ts';
import { listOfCustomer } from '../../store/conversations/lists.ts';
import { findCustomer, listCustomers, toRecord } from '../../store/customers.ts';
import { validated } from '../../validated.ts';
import { changeCustomer } from '../customer.ts';
import { idParam, listQuery } from '../params.ts';
import { customerData, toDetails } from '../widget/pre-chat.ts';

const query = listQuery.extend({ q: z.string().trim().max(200).optional() });

/** The people who wrote, and all that they wrote about. */
export const customers = new Hono<AdminEnv>()
  .get(
    '/',
    permit('customer.read'),
    described('Widget customers, newest first.', { 200: pageOf(widgetCustomerRecord) }),
    validated('query', query),
    async (context) => {
      const { organization_id } = context.var.agent;
      const page = context.req.valid('query');
      return context.json(await listCustomers(databaseOf(context), organization_id, page), 200);
    },
  )
  .get(
    '/:id',
    permit('customer.read'),
    described('A widget customer with their conversations, newest first.', {
      200: z.object({
        widget_customer: widgetCustomerRecord,
        conversations: z.array(conversationSummary),
      }),
    }),
    validated('param', idParam),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      const [row, conversations] = await Promise.all([
        findCustomer(db, organization_id, id),
        listOfCustomer(db, organization_id, id),
      ]);
      if (!row) throw new FoyerError('not_found');
      return context.json({ widget_customer: toRecord(row), conversations }, 200);
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
      const row = await changeCustomer(context.env, db, context.var.agent, id, details);
      return context.json({ widget_customer: toRecord(row) }, 200);
    },
  );
