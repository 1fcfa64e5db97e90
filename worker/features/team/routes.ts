import { Hono } from 'hono';
import { z } from 'zod';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { team as answer } from '../../../protocol/resources/team.ts';
import { recorderOfChange } from '../../activity/record-store.ts';
import { may } from '../../auth/permissions.ts';
import { canMailLinks } from '../../email/links.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publish, publishNothing } from '../../http/publish.ts';
import { organizationObject } from '../../organization/address.ts';
import { listMembers } from '../settings/store.ts';
import { findRestriction, restrictAgents } from './store.ts';

const changeRequest = z.object({
  /** Whether agents see only the departments that they serve (protocol/conversation/visibility.ts). */
  restrictAgents: z.boolean(),
});

/** What holds for all of the organization's agents. */
export const team = new Hono<AdminEnv>()
  .get(
    '/',
    permit('members.read'),
    described('Whether e-mail is sent, and whether agents see only their departments.', {
      200: answer,
    }),
    (context) => {
      const { restrict_agents } = context.var.signedIn.organization;
      return context.json(
        { sends_mail: canMailLinks(context.env, context.req.raw), restrict_agents },
        200,
      );
    },
  )
  .patch(
    '/',
    permit('team.manage'),
    described('Changes whether agents see only the departments that they serve.', {
      200: answer.extend({ version: changeVersion }),
    }),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { restrictAgents: restrict_agents } = context.req.valid('json');
      const db = databaseOf(context);
      const sends_mail = canMailLinks(context.env, context.req.raw);
      let version: number | undefined;
      if (restrict_agents !== context.var.signedIn.organization.restrict_agents) {
        const record = recorderOfChange(db, byOf(context), {
          kind: 'team.visibility_changed',
          before: { restrict_agents: !restrict_agents },
          after: { restrict_agents },
        });
        await restrictAgents(db, organization_id, restrict_agents, record);
        const agents = (await listMembers(db, organization_id)).filter(
          ({ role }) => !may(role, 'inbox.all'),
        );
        const ids = agents.map(({ user_id }) => user_id);
        await organizationObject(context.env, organization_id).comeBack(organization_id, ids);
        const dashboards = dashboardsOf(context);
        version = await publish(dashboards, 'team', async () => {
          const current = await findRestriction(db, organization_id);
          return [{ items: [{ sends_mail, restrict_agents: current }], removed: [] }];
        });
        // Dashboards of the version before load this together with the members.
        await publishNothing(dashboards, 'members');
      }
      return context.json({ sends_mail, restrict_agents, version }, 200);
    },
  );
