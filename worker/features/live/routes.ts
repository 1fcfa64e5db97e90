import { type Context, Hono } from 'hono';
import { z } from 'zod';
import { readAgent } from '../../auth/agents-session.ts';
import { headerOf, openConversationSocket } from '../../conversation/calls/call-conversation.ts';
import { WHO_HEADER } from '../../conversation/who.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { dashboardOrigin } from '../../http/headers/public-url.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { mustUpgrade } from '../../http/upgrade.ts';
import { errorResponse, FoyerError } from '../../kernel/errors.ts';
import { knownProtocols } from '../../kernel/sockets/subprotocol.ts';
import { organizationObject } from '../../organization/address.ts';

const inboxQuery = z.object({
  /** Whether nobody uses the tab that opens it, as the frame `idle` says it later. */
  idle: z.enum(['true', 'false']).optional(),
});

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
      const opened = await openConversationSocket(context.env, agent, id, context.req.raw);
      // One that was refused is nothing to watch.
      if (opened.status !== 101) return opened;
      // From here on the inbox has the socket: what is revoked later closes it, and what was revoked
      // since the session was looked up the inbox has heard.
      const untouched = await organizationObject(context.env, agent.organization_id).watch(
        agent,
        id,
      );
      if (untouched > Date.now() - context.var.askedAt + CLOCKS) return opened;
      return unlessEnded(context, opened);
    },
  )
  .get(
    '/inbox/socket',
    permit('inbox.read'),
    described('Presence and changed conversations, over a WebSocket.', { 101: null }),
    validated('query', inboxQuery),
    async (context) => {
      mustUpgrade(context.req.raw);
      const { agent } = context.var;
      const { idle = 'false' } = context.req.valid('query');
      const opened = await organizationObject(context.env, agent.organization_id).fetch(
        `https://object/socket?idle=${idle}`,
        {
          headers: {
            upgrade: 'websocket',
            [WHO_HEADER]: headerOf(agent),
            ...knownProtocols(context.req.raw),
          },
        },
      );
      return unlessEnded(context, opened);
    },
  );

/** Milliseconds by which two clocks may disagree about the length of a request. */
const CLOCKS = 100;

/**
 * A session that ended while its socket opened was not there to be closed with the others, nor was
 * one whose agent sees other departments since: it is looked up again, now that the inbox has
 * the socket, and a later change closes it as any.
 */
async function unlessEnded(context: Context<AdminEnv>, opened: Response): Promise<Response> {
  const { raw } = context.req;
  const { FOYER_SECRET } = context.env;
  const access = {
    database: databaseOf(context),
    secret: FOYER_SECRET,
    origin: dashboardOrigin(context.env, raw),
  };
  const now = await readAgent(access, raw.headers);
  const { organization_id, id, session_id, departments } = context.var.agent;
  if (now && String(now.departments) === String(departments)) return opened;
  const comesBack = now !== null;
  const inbox = organizationObject(context.env, organization_id);
  await inbox.revoke(organization_id, id, session_id, !comesBack);
  if (comesBack) return opened;
  return errorResponse(new FoyerError('unauthorized'));
}
