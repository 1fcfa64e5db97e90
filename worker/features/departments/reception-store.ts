import { and, asc, desc, eq, isNull } from 'drizzle-orm';
import type { Department } from '../../../protocol/resources/department.ts';
import type { DepartmentTranslations } from '../../../protocol/widget/translations.ts';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { toDepartment } from '../settings/store.ts';

const { conversations, departmentMembers, departments } = tables;

/** A department that visitors may choose, with what tells them what to expect of it. */
export type Reception = Department & {
  /** The users who serve it; empty: everybody does. */
  member_ids: string[];
  offline: 'show' | 'hide';
  /** Its own hours; null: those of the organization. */
  schedule_id: string | null;
  translations: DepartmentTranslations;
};

/** The departments that visitors may choose, in their order. */
export async function listReceptions(db: Database, organizationId: string): Promise<Reception[]> {
  const rows = await db
    .select({ department: departments, user_id: departmentMembers.user_id })
    .from(departments)
    .leftJoin(
      departmentMembers,
      and(
        eq(departmentMembers.organization_id, departments.organization_id),
        eq(departmentMembers.department_id, departments.id),
      ),
    )
    .where(
      and(
        eq(departments.organization_id, organizationId),
        eq(departments.visible, true),
        isNull(departments.archived_at),
      ),
    )
    .orderBy(asc(departments.position), asc(departments.id));
  const receptions = new Map<string, Reception>();
  for (const { department, user_id } of rows) {
    const reception = receptions.get(department.id) ?? {
      ...toDepartment(department),
      member_ids: [],
      offline: department.offline,
      schedule_id: department.schedule_id,
      translations: department.translations,
    };
    if (user_id !== null) reception.member_ids.push(user_id);
    receptions.set(department.id, reception);
  }
  return [...receptions.values()];
}

/** Conversations that a measurement looks at: the newest that are closed. */
const SAMPLE = 20;
/** Answers below which a figure would say little. */
const FEWEST = 3;

/**
 * How soon a department usually answers: the median time to the first answer of its newest closed
 * conversations, in seconds; null where too few were answered. Reads a bounded number of rows, by
 * the queue's index.
 */
export async function measureReply(
  db: Database,
  organizationId: string,
  departmentId: string,
): Promise<number | null> {
  const rows = await db
    .select({ from: conversations.created_at, to: conversations.first_response_at })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, organizationId),
        eq(conversations.department_id, departmentId),
        eq(conversations.shelf, 'closed'),
      ),
    )
    .orderBy(desc(conversations.activity_at), desc(conversations.id))
    .limit(SAMPLE);
  const seconds = rows
    .flatMap(({ from, to }) => (to ? [Math.round((to.getTime() - from.getTime()) / 1000)] : []))
    .sort((a, b) => a - b);
  return seconds.length < FEWEST ? null : (seconds[Math.floor(seconds.length / 2)] ?? null);
}
