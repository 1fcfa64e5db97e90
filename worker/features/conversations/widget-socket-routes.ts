import { Hono } from 'hono';
import { SUBPROTOCOL } from '../../../protocol/version.ts';
import { readSessionToken } from '../../auth/visitors.ts';
import { openConversationSocket } from '../../conversation/calls/call-conversation.ts';
import { asVisitor, type WidgetEnv } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { admitIdentified, limitVisitor } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { mustUpgrade } from '../../http/upgrade.ts';
import { subprotocols } from '../../kernel/sockets/subprotocol.ts';
import { addressKey } from '../quotas/address-key.ts';

/**
 * `GET /:id/socket`: the visitor's socket. The token travels as the second subprotocol, never in
 * the address, and is checked here, before any object wakes.
 */
export const socket = new Hono<WidgetEnv>().get(
  '/:id/socket',
  described('The conversation live, over a WebSocket (protocol foyer.v1).', { 101: null }),
  validated('param', idParam),
  async (context) => {
    const { raw } = context.req;
    mustUpgrade(raw);
    const [protocol, token] = subprotocols(raw);
    const session = await readSessionToken(
      context.env.FOYER_SECRET,
      protocol === SUBPROTOCOL ? token : null,
    );
    await limitVisitor(context.env, session.visitor_id);
    const address = await addressKey(context.env, session.organization_id, raw);
    const visitor = asVisitor(session, address);
    await admitIdentified(context, visitor);
    return openConversationSocket(context.env, visitor, context.req.valid('param').id, raw);
  },
);
