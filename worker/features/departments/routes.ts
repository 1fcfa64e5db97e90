import { Hono } from 'hono';
import { z } from 'zod';
import {
  MAX_DEPARTMENTS,
  MAX_DESCRIPTION_LENGTH,
  MAX_NAME_LENGTH,
} from '../../../protocol/limits.ts';
import { type DepartmentRecord, departmentRecord } from '../../../protocol/resources/department.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import { recordActivity, recorderOfChange } from '../../activity/record-store.ts';
import type { Database } from '../../database/database.ts';
import { checkLimit, line, text } from '../../http/admin-parts.ts';
import { type AdminContext, type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described, pageOf } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { idParam, uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { dashboardsOf, publishRecords } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { organizationObject } from '../../organization/address.ts';
import { changePolicy } from '../../organization/change-policy.ts';
import { departmentAutoCloseRequest, toColumn } from '../auto-close/requests.ts';
import { requireSchedule } from '../schedules/require.ts';
import { listMembers } from '../settings/store.ts';
import { departmentTranslationsRequest, fitting } from '../translations/requests.ts';
import { formRequest, withIds } from './form.ts';
import {
  archiveDepartment,
  createDepartment,
  type DepartmentChange,
  listDepartments,
  orderDepartments,
  unarchiveDepartment,
  updateDepartment,
} from './store.ts';

const changes = z.object({
  name: line(MAX_NAME_LENGTH),
  description: text(MAX_DESCRIPTION_LENGTH).nullable(),
  visible: z.boolean(),
  offline: z.enum(['show', 'hide']),
  /** Its own opening hours; null: those of the organization. */
  scheduleId: uuid.nullable(),
  preChatFields: formRequest,
  memberIds: z.array(uuid).max(1_000),
  /** Hours after which its conversations close whose visitors do not answer. */
  autoClose: departmentAutoCloseRequest,
  /** Its texts in further languages; what is blank is shown as it was written first. */
  translations: departmentTranslationsRequest,
});

const allOptional = changes.partial();
const newRequest = allOptional.required({ name: true });
const changeRequest = allOptional.extend({ archived: z.boolean().optional() });
const orderRequest = z.object({ ids: z.array(uuid).min(1).max(MAX_DEPARTMENTS) });
const answer = z.object({ department: departmentRecord, version: changeVersion });
const orderAnswer = pageOf(departmentRecord).extend({ version: changeVersion });

/** What visitors choose from: their order, their forms, and who serves them. */
export const departments = new Hono<AdminEnv>()
  .get(
    '/',
    permit('departments.read'),
    described('All departments, including archived ones.', { 200: pageOf(departmentRecord) }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const items = await listDepartments(databaseOf(context), organization_id);
      return context.json({ items, next_cursor: null }, 200);
    },
  )
  .post(
    '/',
    permit('departments.manage'),
    described('Adds a department after all others.', { 201: answer }),
    validated('json', newRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const request = context.req.valid('json');
      checkLimit(
        (await listDepartments(db, organization_id)).length,
        MAX_DEPARTMENTS,
        'departments',
      );
      const values = {
        ...(await toChange(db, organization_id, request, null)),
        name: request.name,
      };
      const { autoClose = 'inherit' } = request;
      const after = await recorded(db, organization_id, values);
      const id = await withPolicy(context, autoClose !== 'inherit', () =>
        createDepartment(db, organization_id, values, (id) =>
          recordActivity(db, byOf(context), {
            kind: 'department.created',
            subject: { id, name: values.name },
            after,
          }),
        ),
      );
      await lookAgain(context, [], request.memberIds);
      return context.json(await published(context, id), 201);
    },
  )
  .put(
    '/order',
    permit('departments.manage'),
    described('Puts these departments first, in this order. The others keep their order.', {
      200: orderAnswer,
    }),
    validated('json', orderRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const first = new Set(context.req.valid('json').ids);
      const all = await listDepartments(db, organization_id);
      const existingIds = all.map(({ id }) => id);
      if ([...first].some((id) => !existingIds.includes(id))) {
        throw new FoyerError('validation_failed', {
          fields: { ids: "This department doesn't exist." },
        });
      }
      const ids = [...first, ...existingIds.filter((id) => !first.has(id))];
      const names = (order: readonly string[]) =>
        order.flatMap((id) => all.find((item) => item.id === id)?.name ?? []);
      const record = recorderOfChange(db, byOf(context), {
        kind: 'departments.ordered',
        before: { order: names(existingIds) },
        after: { order: names(ids) },
      });
      await orderDepartments(db, organization_id, ids, record);
      const dashboards = dashboardsOf(context);
      const { items, version } = await publishRecords(dashboards, 'departments', () => true);
      return context.json({ items: [...items], next_cursor: null, version }, 200);
    },
  )
  .patch(
    '/:id',
    permit('departments.manage'),
    described('Changes a department. 409 to archive one with open conversations.', { 200: answer }),
    validated('param', idParam),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const { id } = context.req.valid('param');
      const db = databaseOf(context);
      const { archived, ...request } = context.req.valid('json');
      const before = await find(db, organization_id, id);
      const change = await toChange(db, organization_id, request, before);
      const recording = (kind: 'department.archived' | 'department.restored') => () =>
        recordActivity(db, byOf(context), { kind, subject: before });
      if (archived === true && before.archived_at === null) {
        if (
          !(await archiveDepartment(
            db,
            organization_id,
            id,
            new Date(),
            recording('department.archived'),
          ))
        ) {
          throw new FoyerError('conflict', {
            message: 'This department has open conversations. Close or move them first.',
          });
        }
      }
      if (archived === false && before.archived_at !== null) {
        await unarchiveDepartment(db, organization_id, id, recording('department.restored'));
      }
      const { autoClose = before.auto_close } = request;
      const record = recorderOfChange(db, byOf(context), {
        kind: 'department.changed',
        subject: { id, name: change.name ?? before.name },
        ...(await recordedChange(db, organization_id, before, change)),
      });
      await withPolicy(context, autoClose !== before.auto_close, () =>
        updateDepartment(db, organization_id, id, change, record),
      );
      await lookAgain(context, before.member_ids, request.memberIds);
      return context.json(await published(context, id), 200);
    },
  );

/** A department that was changed, for the answer and for open dashboards. */
async function published(context: AdminContext, id: string) {
  const { items, version } = await publishRecords(dashboardsOf(context), 'departments', [id]);
  const department =
    items[0] ?? (await find(databaseOf(context), context.var.agent.organization_id, id));
  return { department, version };
}

async function find(db: Database, organizationId: string, id: string) {
  const department = (await listDepartments(db, organizationId)).find((item) => item.id === id);
  if (!department) throw new FoyerError('not_found');
  return department;
}

/** If agents see only their departments, what an agent sees changes with the departments they serve. */
async function lookAgain(
  context: AdminContext,
  before: readonly string[],
  after: readonly string[] = before,
): Promise<void> {
  const { organization } = context.var.signedIn;
  const changed = [
    ...before.filter((id) => !after.includes(id)),
    ...after.filter((id) => !before.includes(id)),
  ];
  if (!organization.restrict_agents || changed.length === 0) return;
  await organizationObject(context.env, organization.id).comeBack(organization.id, changed);
}

/** Writes a department; where its conversations close by themselves changes, they learn of it. */
function withPolicy<Value>(
  context: AdminContext,
  isChanged: boolean,
  write: () => Promise<Value>,
): Promise<Value> {
  if (!isChanged) return write();
  return changePolicy(context.env, context.var.agent.organization_id, write);
}

/** What of a change is in the activity log: people by name, forms by their labels, texts by length. */
async function recorded(db: Database, organizationId: string, change: DepartmentChange) {
  const { pre_chat_fields, translations, member_ids, auto_close_hours, schedule_id } = change;
  const people = member_ids ? await listMembers(db, organizationId) : [];
  const form = pre_chat_fields?.map(({ label, type, required, options }) =>
    [label, type, ...(required ? ['required'] : []), ...options].join(', '),
  );
  const members = member_ids
    ?.map((id) => people.find(({ user_id }) => user_id === id)?.name ?? id)
    .sort();
  const languages =
    translations &&
    Object.entries(translations).map(([tag, texts]) => `${tag} (${JSON.stringify(texts).length})`);
  return {
    ...(change.name !== undefined && { name: change.name }),
    ...(change.description !== undefined && { description: change.description }),
    ...(change.visible !== undefined && { visible: change.visible }),
    ...(change.offline !== undefined && { offline: change.offline }),
    ...(form && { form }),
    ...(members && { members }),
    ...(languages && { languages }),
    ...(auto_close_hours !== undefined && { auto_close: auto_close_hours }),
    ...(schedule_id !== undefined && { opening_hours: schedule_id }),
  };
}

/** The values before and after of what a change names. */
async function recordedChange(
  db: Database,
  organizationId: string,
  before: DepartmentRecord,
  change: DepartmentChange,
) {
  const old: DepartmentChange = { ...before, auto_close_hours: toColumn(before.auto_close) };
  const [was, after] = await Promise.all([
    recorded(db, organizationId, old),
    recorded(db, organizationId, change),
  ]);
  const named = new Set(Object.keys(after));
  const keptFields = Object.entries(was).filter(([field]) => named.has(field));
  return { before: Object.fromEntries(keptFields), after };
}

/** What is asked, as it is stored: fields get their ids, and people must be of the organization. */
async function toChange(
  db: Database,
  organizationId: string,
  request: z.infer<typeof allOptional>,
  before: DepartmentRecord | null,
): Promise<DepartmentChange> {
  const { name, description, visible, offline, scheduleId, preChatFields, memberIds } = request;
  const old = before?.pre_chat_fields ?? [];
  const form = preChatFields ? withIds(preChatFields, old) : old;
  const translations = request.translations ?? before?.translations;
  if (scheduleId) await requireSchedule(db, organizationId, scheduleId);
  if (memberIds) {
    const people = new Set((await listMembers(db, organizationId)).map(({ user_id }) => user_id));
    if (memberIds.some((id) => !people.has(id))) {
      throw new FoyerError('validation_failed', {
        fields: { memberIds: "This member doesn't exist." },
      });
    }
  }
  return {
    ...(name !== undefined && { name }),
    ...(description !== undefined && { description: description || null }),
    ...(visible !== undefined && { visible }),
    ...(offline !== undefined && { offline }),
    ...(scheduleId !== undefined && { schedule_id: scheduleId }),
    ...(preChatFields && { pre_chat_fields: form }),
    ...(translations && { translations: fitting(translations, form) }),
    ...(memberIds && { member_ids: [...new Set(memberIds)] }),
    ...(request.autoClose !== undefined && { auto_close_hours: toColumn(request.autoClose) }),
  };
}
