import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_NAME_LENGTH, MAX_SCHEDULES } from '../../../protocol/limits.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { hours, schedule, scheduleDay } from '../../../protocol/resources/schedule.ts';
import { checkLimit, line, refuseDuplicate } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { isOpen, listDays, momentOf, nextOpening } from './hours.ts';
import {
  createSchedule,
  hasSchedule,
  listSchedules,
  removeSchedule,
  updateSchedule,
} from './store.ts';

const request = hours.extend({ name: line(MAX_NAME_LENGTH) });
const answer = z.object({ schedule, version: changeVersion });
const TAKEN = 'Another schedule has this name.';

/** Days that a preview shows: two weeks. */
const PREVIEW_DAYS = 14;
const previewRequest = hours.extend({
  /** A moment, or a wall time of the schedule's zone where it has no offset. */
  at: z.iso.datetime({ offset: true, local: true }).optional(),
});
const previewAnswer = z.object({
  /** Whether it is open at that time. */
  open: z.boolean(),
  /** When it opens next, which is the time itself while it is open; null where it never does. */
  next_opening: z.iso.datetime().nullable(),
  days: z.array(scheduleDay),
});

/** When an organization is there: named opening hours, for itself and for its departments. */
export const schedules = new Hono<AdminEnv>()
  .get(
    '/',
    permit('schedules.read'),
    described('All opening hours, by name.', { 200: pageOf(schedule) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listSchedules(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('schedules.manage'),
    described('Adds opening hours; 409 when the name is taken.', { 201: answer }),
    validated('json', request),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      checkLimit((await listSchedules(db, organization_id)).length, MAX_SCHEDULES, 'schedules');
      const created = await refuseDuplicate('name', TAKEN, () =>
        createSchedule(db, byOf(context), context.req.valid('json')),
      );
      const { version } = await publishRecords(dashboardsOf(context), 'schedules', [created.id]);
      return context.json({ schedule: created, version }, 201);
    },
  )
  .post(
    '/preview',
    permit('schedules.read'),
    described(
      'What these hours mean, saved or not: open at `at` (now, if left out), and the 14 days from then on.',
      {
        200: previewAnswer,
      },
    ),
    validated('json', previewRequest),
    (context) => {
      const { at, ...openingHours } = context.req.valid('json');
      const moment = at === undefined ? new Date() : momentOf(at, openingHours.timezone);
      const answered = {
        open: isOpen(openingHours, moment),
        next_opening: nextOpening(openingHours, moment)?.toISOString() ?? null,
        days: listDays(openingHours, moment, PREVIEW_DAYS),
      };
      return context.json(answered, 200);
    },
  )
  .put(
    '/:id',
    permit('schedules.manage'),
    described('Replaces opening hours; 409 when the name is taken.', { 200: answer }),
    validated('param', idParam),
    validated('json', request),
    async (context) => {
      const { id } = context.req.valid('param');
      const changed = await refuseDuplicate('name', TAKEN, () =>
        updateSchedule(databaseOf(context), byOf(context), id, context.req.valid('json')),
      );
      if (!changed) throw new FoyerError('not_found');
      const { items, version } = await publishRecords(dashboardsOf(context), 'schedules', [id]);
      return context.json({ schedule: items[0] ?? changed, version }, 200);
    },
  )
  .delete(
    '/:id',
    permit('schedules.manage'),
    described('Removes opening hours; 409 while the organization or a department follows them.', {
      204: null,
    }),
    validated('param', idParam),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      if (!(await removeSchedule(db, byOf(context), id))) {
        if (!(await hasSchedule(db, organization_id, id))) throw new FoyerError('not_found');
        throw new FoyerError('conflict', {
          message:
            'These hours are in use. Choose others for your organization and departments first.',
        });
      }
      await publishRecords(dashboardsOf(context), 'schedules', [id]);
      return context.body(null, 204);
    },
  );
