import { and, asc, eq, exists, inArray, isNull, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { DepartmentRecord, PreChatField } from '../../../protocol/resources/department.ts';
import type { DepartmentTranslations } from '../../../protocol/widget/translations.ts';
import type { Recorder } from '../../activity/record-store.ts';
import { tables } from '../../database/configured.ts';
import { type Database, type Write, writeAll } from '../../database/database.ts';
import { fromColumn } from '../auto-close/requests.ts';
import { toDepartment } from '../settings/store.ts';

const { conversations, departmentMembers, departments } = tables;

/** What is set of a department; what is left out stays as it is. */
export type DepartmentChange = {
  name?: string;
  description?: string | null;
  visible?: boolean;
  offline?: 'show' | 'hide';
  /** A schedule of the organization, which whoever calls has checked; null: that of the organization. */
  schedule_id?: string | null;
  pre_chat_fields?: PreChatField[];
  translations?: DepartmentTranslations;
  /** Users of the organization: whoever calls has checked that they are. */
  member_ids?: string[];
  /** Null: as the organization, 0: never. */
  auto_close_hours?: number | null;
};

/** A statement takes 100 parameters, and a row of department_members three. */
const MEMBERS_AT_ONCE = 33;

/** All departments of an organization, archived ones too: old conversations bear their names. */
export async function listDepartments(
  db: Database,
  organizationId: string,
): Promise<DepartmentRecord[]> {
  const [rows, serving] = await Promise.all([
    db
      .select()
      .from(departments)
      .where(eq(departments.organization_id, organizationId))
      .orderBy(asc(departments.position), asc(departments.id)),
    db
      .select()
      .from(departmentMembers)
      .where(eq(departmentMembers.organization_id, organizationId)),
  ]);
  return rows.map((row) => ({
    ...toDepartment(row),
    position: row.position,
    visible: row.visible,
    offline: row.offline,
    schedule_id: row.schedule_id,
    translations: row.translations,
    auto_close: fromColumn(row.auto_close_hours),
    archived_at: row.archived_at?.toISOString() ?? null,
    member_ids: serving
      .filter(({ department_id }) => department_id === row.id)
      .map(({ user_id }) => user_id)
      .sort(),
  }));
}

/** Adds a department after all others; answers its id. */
export async function createDepartment(
  db: Database,
  organizationId: string,
  { member_ids = [], ...values }: DepartmentChange & { name: string },
  record?: (id: string) => Write,
): Promise<string> {
  const id = v7();
  const next = sql<number>`(SELECT coalesce(max(${departments.position}), -1) + 1
    FROM ${departments} WHERE ${eq(departments.organization_id, organizationId)})`;
  await writeAll(db, [
    db.insert(departments).values({
      organization_id: organizationId,
      id,
      pre_chat_fields: [],
      ...values,
      position: next,
    }),
    ...insertMembers(db, organizationId, id, member_ids),
    ...(record ? [record(id)] : []),
  ]);
  return id;
}

/** Changes a department, its people with it. */
export async function updateDepartment(
  db: Database,
  organizationId: string,
  id: string,
  { member_ids, ...values }: DepartmentChange,
  record?: Recorder,
): Promise<void> {
  const writes: Write[] = record ? [record()] : [];
  if (Object.keys(values).length > 0) {
    writes.push(db.update(departments).set(values).where(isDepartment(organizationId, id)));
  }
  if (member_ids) {
    writes.push(
      db
        .delete(departmentMembers)
        .where(
          and(
            eq(departmentMembers.organization_id, organizationId),
            eq(departmentMembers.department_id, id),
          ),
        ),
      ...insertMembers(db, organizationId, id, member_ids),
    );
  }
  const [first, ...rest] = writes;
  if (first) await writeAll(db, [first, ...rest]);
}

/**
 * Archives a department: it takes no new conversations. One that begins in the very same moment
 * stays open, and can be answered and moved like any other.
 *
 * @returns false, with nothing changed, while conversations are open there
 */
export async function archiveDepartment(
  db: Database,
  organizationId: string,
  id: string,
  now: Date,
  record?: Recorder,
): Promise<boolean> {
  const may = and(
    isDepartment(organizationId, id),
    isNull(departments.archived_at),
    // As the index of a department's queue has it.
    sql`NOT EXISTS (SELECT 1 FROM ${conversations} WHERE ${and(
      eq(conversations.organization_id, organizationId),
      eq(conversations.department_id, id),
      inArray(conversations.shelf, ['open', 'snoozed']),
    )})`,
  );
  const find = db.select({ id: departments.id }).from(departments).where(may);
  if ((await find).length === 0) return false;
  const archive = db.update(departments).set({ archived_at: now }).where(may);
  await writeAll(db, record ? [record(exists(find)), archive] : [archive]);
  const [row] = await db
    .select({ archived_at: departments.archived_at })
    .from(departments)
    .where(isDepartment(organizationId, id));
  return row?.archived_at != null;
}

export async function unarchiveDepartment(
  db: Database,
  organizationId: string,
  id: string,
  record?: Recorder,
): Promise<void> {
  await writeAll(db, [
    db.update(departments).set({ archived_at: null }).where(isDepartment(organizationId, id)),
    ...(record ? [record()] : []),
  ]);
}

/** Gives departments their places, first to last. Unknown ids change nothing. */
export async function orderDepartments(
  db: Database,
  organizationId: string,
  ids: readonly string[],
  record?: Recorder,
): Promise<void> {
  const [first, ...rest] = ids.map((id, position) =>
    db.update(departments).set({ position }).where(isDepartment(organizationId, id)),
  );
  if (first) await writeAll(db, [first, ...rest, ...(record ? [record()] : [])]);
}

function insertMembers(
  db: Database,
  organization_id: string,
  department_id: string,
  userIds: readonly string[],
): Write[] {
  const rows = userIds.map((user_id) => ({ organization_id, department_id, user_id }));
  const writes: Write[] = [];
  for (let from = 0; from < rows.length; from += MEMBERS_AT_ONCE) {
    writes.push(db.insert(departmentMembers).values(rows.slice(from, from + MEMBERS_AT_ONCE)));
  }
  return writes;
}

function isDepartment(organizationId: string, id: string) {
  return and(eq(departments.organization_id, organizationId), eq(departments.id, id));
}
