import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_VIEW_LENGTH } from '../../../protocol/limits.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { MAX_VIEWS, savedQuery, savedView } from '../../../protocol/resources/saved-view.ts';
import { may } from '../../auth/permissions.ts';
import { checkLimit, line } from '../../http/admin-parts.ts';
import { type AdminContext, type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { publishView } from './publish.ts';
import { createView, type Editor, isShared, listViews, removeView, updateView } from './store.ts';

const request = z.object({
  name: line(MAX_VIEW_LENGTH),
  query: savedQuery,
  /** Whether the whole team has it. */
  shared: z.boolean().default(false),
});
const changeRequest = z.object({
  name: line(MAX_VIEW_LENGTH).optional(),
  query: savedQuery.optional(),
  shared: z.boolean().optional(),
});
const answer = z.object({ view: savedView, version: changeVersion });

/** Queues that agents put together and gave a name: their own, and the ones that the team shares. */
export const views = new Hono<AdminEnv>()
  .get(
    '/',
    permit('views.read'),
    described('The agent’s own saved views and the team’s.', { 200: pageOf(savedView) }),
    async (context) => {
      const { organization_id, id } = context.var.agent;
      const items = await listViews(databaseOf(context), organization_id, id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('views.manage'),
    described('Saves a view.', { 201: answer }),
    validated('json', request),
    async (context) => {
      const { organization_id, id } = context.var.agent;
      const db = databaseOf(context);
      const { length } = await listViews(db, organization_id, id);
      checkLimit(length, MAX_VIEWS, 'saved views');
      const view = await createView(
        db,
        organization_id,
        id,
        context.req.valid('json'),
        length,
        byOf(context),
      );
      const published = await publishView(dashboardsOf(context), view.id);
      return context.json({ view: published.view ?? view, version: published.version }, 201);
    },
  )
  .patch(
    '/:id',
    permit('views.manage'),
    described(
      'Renames, changes or shares a view. A view that is no longer shared becomes your own. Owners and admins change the team’s views; the agent who shared a view can unshare it.',
      { 200: answer },
    ),
    validated('param', idParam),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      const change = context.req.valid('json');
      const updated = await updateView(
        db,
        organization_id,
        editorOf(context),
        id,
        change,
        byOf(context),
      );
      if (!updated) throw await refusal(context, id);
      const { view, before } = updated;
      const published = await publishView(dashboardsOf(context), id, before);
      return context.json({ view: published.view ?? view, version: published.version }, 200);
    },
  )
  .delete(
    '/:id',
    permit('views.manage'),
    described('Removes a view. Owners and admins remove the team’s views.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { id } = context.req.valid('param');
      const removed = await removeView(
        databaseOf(context),
        organization_id,
        editorOf(context),
        id,
        byOf(context),
      );
      if (!removed) throw await refusal(context, id);
      await publishView(dashboardsOf(context), id, removed);
      return context.body(null, 204);
    },
  );

function editorOf({ var: { agent, signedIn } }: AdminContext): Editor {
  return { userId: agent.id, shared: may(signedIn.role, 'views.shared.manage') };
}

/** Why a view was not changed: it is the team's, or it is not there for this agent. */
async function refusal(context: AdminContext, id: string): Promise<FoyerError> {
  const shared = await isShared(databaseOf(context), context.var.agent.organization_id, id);
  return new FoyerError(shared ? 'forbidden' : 'not_found');
}
