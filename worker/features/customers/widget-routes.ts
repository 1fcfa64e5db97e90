import { Hono } from 'hono';
import { z } from 'zod';
import { widgetCustomer } from '../../../protocol/resources/customer.ts';
import { ownVisitorId, sessionOf } from '../../conversation/who.ts';
import { databaseOf, type WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { requireVisitor } from '../../http/guards.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { toDetails, visitorData } from '../departments/pre-chat.ts';
import { mustNotStore } from '../quotas/beginnings.ts';
import { quotasOf } from '../quotas/quotas.ts';
import { mustBeAdmitted } from '../visitor-sessions/store.ts';
import { changeCustomer } from './change-customer.ts';
import { mustFit } from './fields-quota.ts';
import { mergeFields, toCustomer } from './store.ts';

/**
 * `PATCH /`: the visitor gives a name, an e-mail address or a phone number during the chat, or the
 * page passes on what it knows. Nothing proves it: it changes the record that agents see,
 * and whose conversations are whose not at all (P5).
 */
export const customer = new Hono<WidgetEnv>().patch(
  '/',
  requireVisitor,
  described('Saves what the visitor enters about themselves.', {
    200: z.object({ widget_customer: widgetCustomer }),
  }),
  validated('json', visitorData),
  async (context) => {
    const { visitor } = context.var;
    const db = databaseOf(context);
    const records = await mustBeAdmitted(db, visitor.organization_id, sessionOf(visitor));
    const record = records.find(({ visitor_id }) => visitor_id === ownVisitorId(visitor));
    if (!record) throw new FoyerError('not_found');
    const { customFields, ...details } = context.req.valid('json');
    const { customer_bytes } = quotasOf(context.env);
    const bytes = mustFit(customer_bytes, { customFields });
    await mustNotStore(context.env, visitor.organization_id, visitor.address, bytes);
    const changed = await changeCustomer(context.env, db, visitor, record.id, {
      ...toDetails(details),
      ...(Object.keys(customFields).length > 0 && {
        custom_fields: mergeFields(record.custom_fields, customFields, customer_bytes),
      }),
    });
    return context.json({ widget_customer: toCustomer(changed) }, 200);
  },
);
