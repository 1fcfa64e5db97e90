import { Hono } from 'hono';
import { z } from 'zod';
import { team as answer } from '../../../protocol/team.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described } from '../../describe.ts';
import { canSendMail } from '../../email/send.ts';
import { permit } from '../../guards.ts';
import { inboxOf } from '../../inbox/address.ts';
import { listUsersOf } from '../../store/members.ts';
import { restrictAgents } from '../../store/organizations.ts';
import { validated } from '../../validated.ts';
import { announce } from './setup-parts.ts';

const changeRequest = z.object({ restrictAgents: z.boolean() });

/** What holds for all agents of the organization. */
export const team = new Hono<AdminEnv>()
  .get('/', permit('members.read'), described('What holds for all.', { 200: answer }), (context) =>
    context.json(
      {
        restrict_agents: context.var.signedIn.organization.restrict_agents,
        sends_mail: canSendMail(context.env),
      },
      200,
    ),
  )
  .patch(
    '/',
    permit('team.restrict'),
    described('Whether agents see only the departments they serve; holds at once.', {
      200: answer,
    }),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { restrictAgents: wanted } = context.req.valid('json');
      const db = databaseOf(context);
      await restrictAgents(db, organization_id, wanted);
      const agents = await listUsersOf(db, organization_id, 'agent');
      await inboxOf(context.env, organization_id).comeBack(organization_id, agents);
      announce(context, 'members');
      return context.json({ restrict_agents: wanted, sends_mail: canSendMail(context.env) }, 200);
    },
  );
