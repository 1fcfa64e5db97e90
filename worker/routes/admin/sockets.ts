import { Hono } from 'hono';
import type { AdminEnv } from '../../context.ts';
import { WHO_HEADER } from '../../conversation/object.ts';
import { headerOf, reachSocket } from '../../conversation/reach.ts';
import { described } from '../../describe.ts';
import { permit } from '../../guards.ts';
import { inboxOf } from '../../inbox/address.ts';
import { validated } from '../../validated.ts';
import { idParam } from '../params.ts';
import { mustUpgrade } from '../upgrade.ts';

/** The agents' sockets. `requireAgent` has checked the cookie and the origin. */
export const sockets = new Hono<AdminEnv>()
  .get(
    '/conversations/:id/socket',
    permit('inbox.read'),
    described('The conversation live, over a WebSocket (protocol foyer.v1).', { 101: null }),
    validated('param', idParam),
    async (context) => {
      mustUpgrade(context.req.raw);
      const { agent } = context.var;
      const { id } = context.req.valid('param');
      const response = await reachSocket(context.env, agent, id);
      // So that it ends with the session.
      if (response.status === 101) {
        await inboxOf(context.env, agent.organization_id).watch(agent, id);
      }
      return response;
    },
  )
  .get(
    '/inbox/socket',
    permit('inbox.read'),
    described('Presence and changed conversations, over a WebSocket.', { 101: null }),
    (context) => {
      mustUpgrade(context.req.raw);
      const { agent } = context.var;
      return inboxOf(context.env, agent.organization_id).fetch('https://object/socket', {
        headers: { upgrade: 'websocket', [WHO_HEADER]: headerOf(agent) },
      });
    },
  );
