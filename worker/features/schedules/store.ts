import { and, asc, eq, inArray, notExists } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { Hours, Schedule } from '../../../protocol/schedule.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

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

export async function createSchedule(
  db: Database,
  organization_id: string,
  values: NewSchedule,
): Promise<Schedule> {
  const created = { id: v7(), ...values };
  await db.insert(schedules).values({ organization_id, ...created });
  return created;
}

/** Null when there is no such schedule. */
export async function updateSchedule(
  db: Database,
  organizationId: string,
  id: string,
  values: NewSchedule,
): Promise<Schedule | null> {
  const rows = await db
    .update(schedules)
    .set(values)
    .where(isSchedule(organizationId, id))
    .returning({ id: schedules.id });
  return rows.length > 0 ? { id, ...values } : null;
}

/** Removes a schedule, unless the organization or a department follows it. Whether one was removed. */
export async function removeSchedule(
  db: Database,
  organizationId: string,
  id: string,
): Promise<boolean> {
  const rows = await db
    .delete(schedules)
    .where(
      and(
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
      ),
    )
    .returning({ id: schedules.id });
  return rows.length > 0;
}

function isSchedule(organizationId: string, id: string) {
  return and(eq(schedules.organization_id, organizationId), eq(schedules.id, id));
}
