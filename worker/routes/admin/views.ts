import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_VIEW_LENGTH, MAX_VIEWS } from '../../../protocol/limits.ts';
import { savedQuery, savedView } from '../../../protocol/resources.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described, pageOf } from '../../describe.ts';
import { FoyerError } from '../../errors.ts';
import { permit } from '../../guards.ts';
import { createView, listViews, removeView, updateView } from '../../store/views.ts';
import { validated } from '../../validated.ts';
import { idParam } from '../params.ts';
import { announce, checkRoom, line } from './setup-parts.ts';

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
const answer = z.object({ view: savedView });

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
      checkRoom(length, MAX_VIEWS, 'saved views');
      const view = await createView(db, organization_id, id, context.req.valid('json'), length);
      announce(context, 'views');
      return context.json({ view }, 201);
    },
  )
  .patch(
    '/:id',
    permit('views.manage'),
    described(
      'Renames, changes or shares a view; one that is no longer shared becomes one’s own.',
      {
        200: answer,
      },
    ),
    validated('param', idParam),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id, id: userId } = context.var.agent;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      const view = await updateView(db, organization_id, userId, id, context.req.valid('json'));
      if (!view) throw new FoyerError('not_found');
      announce(context, 'views');
      return context.json({ view }, 200);
    },
  )
  .delete(
    '/:id',
    permit('views.manage'),
    described('Removes a view.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { organization_id, id: userId } = context.var.agent;
      const { id } = context.req.valid('param');
      if (!(await removeView(databaseOf(context), organization_id, userId, id))) {
        throw new FoyerError('not_found');
      }
      announce(context, 'views');
      return context.body(null, 204);
    },
  );
