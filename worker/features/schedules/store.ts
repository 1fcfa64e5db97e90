import { and, asc, eq, exists, inArray, notExists } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { Hours, Schedule } from '../../../protocol/resources/schedule.ts';
import { recordActivity, recorderOfChange } from '../../activity/record-store.ts';
import type { By } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';

const { departments, schedules, widgetSettings } = tables;

/** Opening hours. A name is there once; a second one fails as a duplicate. */

export type NewSchedule = Omit<Schedule, 'id'>;

const columns = {
  id: schedules.id,
  name: schedules.name,
  timezone: schedules.timezone,
  weekly: schedules.weekly,
  exceptions: schedules.exceptions,
};

/** All of them, by name. */
export function listSchedules(db: Database, organizationId: string): Promise<Schedule[]> {
  return db
    .select(columns)
    .from(schedules)
    .where(eq(schedules.organization_id, organizationId))
    .orderBy(asc(schedules.name));
}

/** The hours of some schedules, by their ids; one that is gone is left out. Asks nothing where none is named. */
export async function findHours(
  db: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, Hours>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .select(columns)
    .from(schedules)
    .where(and(eq(schedules.organization_id, organizationId), inArray(schedules.id, [...ids])));
  return new Map(rows.map(({ id, name: _, ...hours }) => [id, hours]));
}

export async function hasSchedule(
  db: Database,
  organizationId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .select({ id: schedules.id })
    .from(schedules)
    .where(isSchedule(organizationId, id));
  return rows.length > 0;
}

export async function createSchedule(db: Database, by: By, values: NewSchedule): Promise<Schedule> {
  const { organization_id } = by;
  const created = { id: v7(), ...values };
  const what = { kind: 'schedule.created', subject: created, after: recorded(values) } as const;
  await writeAll(db, [
    db.insert(schedules).values({ organization_id, ...created }),
    recordActivity(db, by, what),
  ]);
  return created;
}

/** Null when there is no such schedule. */
export async function updateSchedule(
  db: Database,
  by: By,
  id: string,
  values: NewSchedule,
): Promise<Schedule | null> {
  const it = isSchedule(by.organization_id, id);
  const [before] = await db.select(columns).from(schedules).where(it);
  if (!before) return null;
  const after = { id, ...values };
  const record = recorderOfChange(db, by, {
    kind: 'schedule.changed',
    subject: after,
    before: recorded(before),
    after: recorded(after),
  });
  await writeAll(db, [
    db.update(schedules).set(values).where(it),
    ...(record ? [record(exists(db.select().from(schedules).where(it)))] : []),
  ]);
  return after;
}

/** Of the times their text: what is too long for the log is cut. */
const recorded = ({ name, timezone, weekly, exceptions }: NewSchedule) => ({
  name,
  timezone,
  hours: JSON.stringify({ weekly, exceptions }),
});

/** Removes a schedule, unless the organization or a department follows it. Whether one was removed. */
export async function removeSchedule(db: Database, by: By, id: string): Promise<boolean> {
  const organizationId = by.organization_id;
  const unused = and(
    isSchedule(organizationId, id),
    notExists(
      db
        .select({ id: departments.id })
        .from(departments)
        .where(
          and(eq(departments.organization_id, organizationId), eq(departments.schedule_id, id)),
        ),
    ),
    notExists(
      db
        .select({ id: widgetSettings.organization_id })
        .from(widgetSettings)
        .where(
          and(
            eq(widgetSettings.organization_id, organizationId),
            eq(widgetSettings.schedule_id, id),
          ),
        ),
    ),
  );
  const find = db.select(columns).from(schedules).where(unused);
  const [before] = await find;
  if (!before) return false;
  const { name, timezone } = before;
  const what = { kind: 'schedule.removed', subject: before, before: { name, timezone } } as const;
  await writeAll(db, [
    recordActivity(db, by, what, exists(find)),
    db.delete(schedules).where(unused),
  ]);
  return !(await hasSchedule(db, organizationId, id));
}

function isSchedule(organizationId: string, id: string) {
  return and(eq(schedules.organization_id, organizationId), eq(schedules.id, id));
}
