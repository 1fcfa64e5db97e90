import { Hono } from 'hono';
import { agentSession } from '../../../protocol/resources/team.ts';
import { recordOfMember } from '../../activity/record-store.ts';
import { sessionEnd } from '../../auth/agents-session.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { organizationObject } from '../../organization/address.ts';
import { endOthers } from './end-others.ts';
import { endSession, listSessions } from './people-store.ts';

/** The caller's sessions. */
export const mySessions = new Hono<AdminEnv>()
  .get(
    '/',
    described('Your sessions, newest first.', { 200: pageOf(agentSession) }),
    async (context) => {
      const { organization_id, id, session_id } = context.var.agent;
      const rows = await listSessions(databaseOf(context), organization_id, id);
      const items = rows.map(({ created_at, used_at, expires_at, ...row }) => ({
        ...row,
        created_at: created_at.toISOString(),
        used_at: used_at.toISOString(),
        ends_at: sessionEnd({ used_at, expires_at }).toISOString(),
        current: row.id === session_id,
      }));
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .delete('/', described('Ends all your other sessions.', { 204: null }), async (context) => {
    const { agent } = context.var;
    const what = { kind: 'sessions.ended', subject: agent } as const;
    await endOthers(context, recordOfMember(databaseOf(context), agent, what));
    return context.body(null, 204);
  })
  .delete(
    '/:id',
    described('Ends one of your other sessions.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { organization_id, id: userId, name, session_id } = context.var.agent;
      const { id } = context.req.valid('param');
      if (id === session_id) {
        throw new FoyerError('conflict', {
          message: 'This is your current session. Sign out instead.',
        });
      }
      const person = { id: userId, name };
      if (!(await endSession(databaseOf(context), organization_id, person, id))) {
        throw new FoyerError('not_found');
      }
      await organizationObject(context.env, organization_id).revoke(organization_id, userId, id);
      return context.body(null, 204);
    },
  );
