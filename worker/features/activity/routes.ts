import { Hono } from 'hono';
import { z } from 'zod';
import {
  activityDays,
  activityRecord,
  activitySettings,
} from '../../../protocol/resources/activity.ts';
import { ACTIVITY_AREAS, activityKinds } from '../../../protocol/resources/activity-kinds.ts';
import { recordNow } from '../../activity/record-store.ts';
import { openDatabase } from '../../database/database.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { listQuery, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { changePolicy } from '../../organization/change-policy.ts';
import { activityCsv } from './csv.ts';
import { changeActivitySettings, listActivity, readActivitySettings } from './store.ts';

const time = z.iso.datetime().pipe(z.coerce.date());

const filter = z.object({
  /** An area or a kind of protocol/resources/activity.ts. */
  kind: z.enum([...ACTIVITY_AREAS, ...activityKinds]).optional(),
  /** An area that is left out, such as `presence`: when agents came online, went away and left. */
  without: z.enum(ACTIVITY_AREAS).optional(),
  actor: uuid.optional(),
  subject: uuid.optional(),
  from: time.optional(),
  /** Up to, and without, this time. */
  to: time.optional(),
});

const changeRequest = z
  .object({
    /** Days after which activity is deleted; null: never. */
    keptDays: activityDays,
    /** Whether what is done with conversations is recorded, too. */
    recordConversations: z.boolean(),
  })
  .partial();

const answer = z.object({ settings: activitySettings });

/** The activity log, for owners and admins. */
export const activity = new Hono<AdminEnv>()
  .get(
    '/',
    permit('activity.read'),
    described(
      'A page of the activity, the newest first. With `without`, or with two filters of kind, actor and subject, a page may be short and yet have a next one.',
      { 200: pageOf(activityRecord) },
    ),
    validated('query', filter.extend(listQuery.shape)),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { cursor, limit, ...filters } = context.req.valid('query');
      const db = databaseOf(context);
      return context.json(await listActivity(db, organization_id, filters, { cursor, limit }), 200);
    },
  )
  .get(
    '/export',
    permit('activity.read'),
    described('The activity as comma-separated values. The export is recorded.', { 200: null }),
    validated('query', filter),
    async (context) => {
      const { organization_id } = context.var.agent;
      await recordNow(databaseOf(context), byOf(context), { kind: 'activity.exported' });
      // Read until after the answer: the request's own connection is closed by then.
      const db = openDatabase(context.env);
      return context.body(activityCsv(db, organization_id, context.req.valid('query')), 200, {
        'content-type': 'text/csv; charset=utf-8',
        'content-disposition': 'attachment; filename="activity.csv"',
      });
    },
  )
  .get(
    '/settings',
    permit('activity.read'),
    described('What activity is recorded, and for how long it is kept.', { 200: answer }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const settings = await readActivitySettings(databaseOf(context), organization_id);
      if (!settings) throw new FoyerError('not_found');
      return context.json({ settings }, 200);
    },
  )
  .patch(
    '/settings',
    permit('activity.manage'),
    described('Changes what activity is recorded, and for how long it is kept.', { 200: answer }),
    validated('json', changeRequest),
    async (context) => {
      const { keptDays, recordConversations } = context.req.valid('json');
      const change = () =>
        changeActivitySettings(databaseOf(context), byOf(context), {
          ...(keptDays !== undefined && { kept_days: keptDays }),
          ...(recordConversations !== undefined && { conversations: recordConversations }),
        });
      // Conversations learn of it with their next change.
      const { organization_id } = context.var.agent;
      const settings =
        recordConversations === undefined
          ? await change()
          : await changePolicy(context.env, organization_id, change);
      if (!settings) throw new FoyerError('not_found');
      return context.json({ settings }, 200);
    },
  );
