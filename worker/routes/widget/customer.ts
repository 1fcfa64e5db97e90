import { Hono } from 'hono';
import { z } from 'zod';
import { widgetCustomer } from '../../../protocol/resources.ts';
import { databaseOf, type WidgetEnv } from '../../context.ts';
import { described } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { requireVisitor } from '../../guards.ts';
import { findByVisitor, toCustomer } from '../../store/customers.ts';
import { validated } from '../../validated.ts';
import { changeCustomer } from '../customer.ts';
import { customerData, toDetails } from './pre-chat.ts';

/** `PATCH /`: the visitor gives a name, an e-mail address or a phone number during the chat. */
export const customer = new Hono<WidgetEnv>().patch(
  '/',
  requireVisitor,
  described('Keeps what the visitor says of themselves.', {
    200: z.object({ widget_customer: widgetCustomer }),
  }),
  validated('json', customerData),
  async (context) => {
    const { visitor } = context.var;
    const { organization_id, visitor_id } = visitor;
    const db = databaseOf(context);
    const known = await findByVisitor(db, organization_id, visitor_id);
    if (!known) throw new FoyerError('not_found');
    const details = toDetails(context.req.valid('json'));
    const changed = await changeCustomer(context.env, db, visitor, known.id, details);
    return context.json({ widget_customer: toCustomer(changed) }, 200);
  },
);
