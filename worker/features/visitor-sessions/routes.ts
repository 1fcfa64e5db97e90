import { Hono } from 'hono';
import { actorOf, following } from '../../auth/principal.ts';
import { sessionOf } from '../../conversation/who.ts';
import { type AdminEnv, databaseOf, type WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit, requireVisitor } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { mustSeeCustomer } from '../customers/seen-customer.ts';
import { findByVisitors } from '../customers/store.ts';
import { callConversations } from './call-conversations.ts';
import { refusalOf, restraintOf } from './standing.ts';
import { revokeCustomer } from './store.ts';

/** `POST /:id/sessions/revoke`: an agent ends what a visitor has open. */
export const customerSessions = new Hono<AdminEnv>().post(
  '/:id/sessions/revoke',
  permit('customer.sessions.end'),
  described(
    "Ends a customer's sessions: their browsers come back as new visitors, who do not have these conversations. Nobody is blocked.",
    { 204: null },
  ),
  validated('param', idParam),
  async (context) => {
    const { agent } = context.var;
    const { id } = context.req.valid('param');
    const db = databaseOf(context);
    await mustSeeCustomer(db, agent, id);
    const by = actorOf(agent, id);
    const row = await revokeCustomer(db, agent.organization_id, id, 'browser', new Date(), by);
    if (!row) throw new FoyerError('not_found');
    const restraint = restraintOf(row);
    await callConversations(context.env, db, following(agent, id), id, (object, by) =>
      object.restrain(by, restraint),
    );
    return context.body(null, 204);
  },
);

/**
 * `POST /forget`: the visitor wants this browser forgotten. Its visitor token ends, and every session
 * that speaks for it. Of whom the site vouches for the sessions end: their other browsers open new ones.
 */
export const forget = new Hono<WidgetEnv>().post(
  '/forget',
  requireVisitor,
  described(
    'Forgets this browser: its tokens end, its sockets close, and it comes back as a new visitor.',
    { 204: null },
  ),
  async (context) => {
    const { visitor } = context.var;
    const { organization_id, visitor_id } = visitor;
    const db = databaseOf(context);
    const now = new Date();
    const { visitor_ids, issued_at = 0 } = sessionOf(visitor);
    const records = await findByVisitors(db, organization_id, visitor_ids);
    const refusal = refusalOf(records, issued_at);
    if (refusal === 'blocked') throw new FoyerError(refusal);
    for (const record of records) {
      const scope = record.visitor_id === visitor_id ? 'browser' : 'sessions';
      // Asked again by a session that ended with the first time, it tells those who were not told.
      const row = refusal
        ? record
        : await revokeCustomer(
            db,
            organization_id,
            record.id,
            scope,
            now,
            actorOf(visitor, record.id),
          );
      if (!row) continue;
      const restraint = restraintOf(row);
      // Each conversation hears it once, from the session that it ends.
      await callConversations(context.env, db, visitor, record.id, (object) =>
        object.restrain(visitor, restraint),
      );
    }
    return context.body(null, 204);
  },
);
