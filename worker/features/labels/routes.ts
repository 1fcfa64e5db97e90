import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_LABEL_LENGTH } from '../../../protocol/limits.ts';
import { label, MAX_LABELS } from '../../../protocol/resources/label.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { checkLimit, color, line, refuseDuplicate } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { publishIncomplete } from '../views/publish.ts';
import { createLabel, listLabels, removeLabel, updateLabel } from './store.ts';

const request = z.object({ name: line(MAX_LABEL_LENGTH), color });
const answer = z.object({ label, version: changeVersion });
const TAKEN = 'Another label has this name.';

/** What agents sort conversations with. */
export const labels = new Hono<AdminEnv>()
  .get(
    '/',
    permit('labels.read'),
    described('All labels, by name.', { 200: pageOf(label) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listLabels(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('labels.manage'),
    described('Adds a label; 409 when the name is taken.', { 201: answer }),
    validated('json', request),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      checkLimit((await listLabels(db, organization_id)).length, MAX_LABELS, 'labels');
      const made = await refuseDuplicate('name', TAKEN, () =>
        createLabel(db, byOf(context), context.req.valid('json')),
      );
      const { version } = await publishRecords(dashboardsOf(context), 'labels', [made.id]);
      return context.json({ label: made, version }, 201);
    },
  )
  .put(
    '/:id',
    permit('labels.manage'),
    described('Replaces a label; 409 when the name is taken.', { 200: answer }),
    validated('param', idParam),
    validated('json', request),
    async (context) => {
      const { id } = context.req.valid('param');
      const changed = await refuseDuplicate('name', TAKEN, () =>
        updateLabel(databaseOf(context), byOf(context), id, context.req.valid('json')),
      );
      if (!changed) throw new FoyerError('not_found');
      const { items, version } = await publishRecords(dashboardsOf(context), 'labels', [id]);
      return context.json({ label: items[0] ?? changed, version }, 200);
    },
  )
  .delete(
    '/:id',
    permit('labels.manage'),
    described('Removes a label, also from its conversations.', { 204: null }),
    validated('param', idParam),
    async (context) => {
      const { id } = context.req.valid('param');
      if (!(await removeLabel(databaseOf(context), byOf(context), id))) {
        throw new FoyerError('not_found');
      }
      await publishRecords(dashboardsOf(context), 'labels', [id]);
      await publishIncomplete(dashboardsOf(context), { label: id });
      return context.body(null, 204);
    },
  );
