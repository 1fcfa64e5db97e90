import { and, eq, exists, isNull, or, sql } from 'drizzle-orm';
import { v7 } from 'uuid';
import type { SavedQuery, SavedView } from '../../../protocol/resources/saved-view.ts';
import { type Recorder, recordActivity, recorderOfChange } from '../../activity/record-store.ts';
import type { By } from '../../activity/row.ts';
import { tables } from '../../database/configured.ts';
import { type Database, writeAll } from '../../database/database.ts';

const { departments, labels, members, savedViews } = tables;

/** Queues that somebody put together: an agent sees their own and the team's. */

/** Whose views a person may change: their own, and the team's where `shared`. */
export type Editor = { userId: string; shared: boolean };

export type NewView = Omit<SavedView, 'id' | 'missing' | 'position' | 'shared_by'>;

/** In the order in which they were made. */
export async function listViews(
  db: Database,
  organizationId: string,
  userId: string,
): Promise<SavedView[]> {
  const rows = await db.select().from(savedViews).where(isSeenBy(organizationId, userId));
  const views = rows.sort((a, b) => a.position - b.position || (a.id < b.id ? -1 : 1)).map(toView);
  return withMissing(db, organizationId, views);
}

/** A view with the user whose it is; null for the team's. */
export type OwnedView = { owner: string | null; view: SavedView };

/** One view, whoever has it. */
export async function findView(
  db: Database,
  organizationId: string,
  id: string,
): Promise<OwnedView | null> {
  const it = and(eq(savedViews.organization_id, organizationId), eq(savedViews.id, id));
  const [row] = await db.select().from(savedViews).where(it);
  if (!row) return null;
  return { owner: row.user_id, view: await completed(db, organizationId, toView(row)) };
}

/** What was removed from the organization and a view may still name. */
export type Removed = { label: string } | { assignee: string };

/** The views of everybody that name what was removed. */
export async function listIncomplete(
  db: Database,
  organizationId: string,
  removed: Removed,
): Promise<OwnedView[]> {
  const rows = await db
    .select()
    .from(savedViews)
    .where(eq(savedViews.organization_id, organizationId));
  const naming = rows.filter(({ query }) =>
    'label' in removed ? query.label === removed.label : query.assignee === removed.assignee,
  );
  const views = await withMissing(db, organizationId, naming.map(toView));
  return naming.flatMap(({ id, user_id }) =>
    views.filter((view) => view.id === id).map((view) => ({ owner: user_id, view })),
  );
}

function toView(row: typeof savedViews.$inferSelect): Omit<SavedView, 'missing'> {
  const { id, name, query, position, user_id, shared_by } = row;
  return { id, name, query, position, shared: user_id === null, shared_by };
}

/**
 * The views with what is missing of what they ask for. Reads each kind of thing once, and only where
 * a view asks for one. An archived department is there: its conversations are.
 */
async function withMissing(
  db: Database,
  organizationId: string,
  views: readonly Omit<SavedView, 'missing'>[],
): Promise<SavedView[]> {
  const asks = (wanted: (query: SavedQuery) => string | undefined) =>
    views.some(({ query }) => wanted(query) !== undefined);
  const [knownMembers, knownDepartments, knownLabels] = await Promise.all([
    asks(memberOf)
      ? db
          .select({ id: members.userId })
          .from(members)
          .where(eq(members.organizationId, organizationId))
      : [],
    asks(({ department }) => department)
      ? db
          .select({ id: departments.id })
          .from(departments)
          .where(eq(departments.organization_id, organizationId))
      : [],
    asks(({ label }) => label)
      ? db.select({ id: labels.id }).from(labels).where(eq(labels.organization_id, organizationId))
      : [],
  ]);
  const lacks = (existing: readonly { id: string }[], id: string | undefined) =>
    id !== undefined && !existing.some((item) => item.id === id);
  return views.map((view) => {
    const missing: SavedView['missing'] = [];
    if (lacks(knownMembers, memberOf(view.query))) missing.push('assignee');
    if (lacks(knownDepartments, view.query.department)) missing.push('department');
    if (lacks(knownLabels, view.query.label)) missing.push('label');
    return { ...view, missing };
  });
}

/** The member whose conversations a view asks for; undefined where it names nobody. */
function memberOf({ assignee }: SavedQuery): string | undefined {
  return assignee === 'me' || assignee === 'none' ? undefined : assignee;
}

/** One view with what is missing of what it asks for. */
async function completed(
  db: Database,
  organizationId: string,
  view: Omit<SavedView, 'missing'>,
): Promise<SavedView> {
  const [whole] = await withMissing(db, organizationId, [view]);
  return whole ?? { ...view, missing: [] };
}

export async function createView(
  db: Database,
  organization_id: string,
  userId: string,
  { name, query, shared }: NewView,
  position: number,
  by?: By,
): Promise<SavedView> {
  const id = v7();
  const whose = ownership(shared, userId);
  await writeAll(db, [
    db.insert(savedViews).values({ organization_id, id, ...whose, name, query, position }),
    // Private views are not recorded.
    ...(by && shared
      ? [recordActivity(db, by, { kind: 'view.shared', subject: { id, name }, after: { name } })]
      : []),
  ]);
  const shared_by = shared ? userId : null;
  return completed(db, organization_id, { id, name, query, position, shared, shared_by });
}

/** Whose a view is: a person's, or the team's by whom it was shared. */
function ownership(shared: boolean, userId: string) {
  return shared ? { user_id: null, shared_by: userId } : { user_id: userId, shared_by: null };
}

/**
 * Changes what is named; null when there is no such view that this person may change. Who shared one
 * may take it back, and change it with that.
 */
export async function updateView(
  db: Database,
  organizationId: string,
  editor: Editor,
  id: string,
  { name, query, shared }: { [Key in keyof NewView]?: NewView[Key] | undefined },
  by: By,
): Promise<{ view: SavedView; before: { owner: string | null } } | null> {
  const may = and(
    eq(savedViews.id, id),
    shared === false
      ? or(isChangedBy(organizationId, editor), isSharedBy(organizationId, editor.userId))
      : isChangedBy(organizationId, editor),
  );
  const [before] = await db.select().from(savedViews).where(may);
  if (!before) return null;
  const after = {
    name: name ?? before.name,
    query: query ?? before.query,
    shared: shared ?? before.user_id === null,
  };
  const record = recorderOf(db, by, before, after);
  const update = db
    .update(savedViews)
    .set({
      // Something is always set, so that an empty change answers what is.
      id,
      ...(name !== undefined && { name }),
      ...(query !== undefined && { query }),
      ...(shared !== undefined && {
        ...ownership(shared, editor.userId),
        // Shared again, it still belongs to the agent who shared it first.
        ...(shared && { shared_by: sql`coalesce(${savedViews.shared_by}, ${editor.userId})` }),
      }),
    })
    .where(may);
  const still = exists(db.select().from(savedViews).where(may));
  await writeAll(db, record ? [record(still), update] : [update]);
  const condition = and(eq(savedViews.organization_id, organizationId), eq(savedViews.id, id));
  const [row] = await db.select().from(savedViews).where(condition);
  if (!row) return null;
  const view = await completed(db, organizationId, toView(row));
  return { view, before: { owner: before.user_id } };
}

/** Whose the removed view was, null for the team's; null if there was none that this person may change. */
export async function removeView(
  db: Database,
  organizationId: string,
  editor: Editor,
  id: string,
  by: By,
): Promise<{ owner: string | null } | null> {
  const may = and(isChangedBy(organizationId, editor), eq(savedViews.id, id));
  const find = db.select().from(savedViews).where(may);
  const [before] = await find;
  if (!before) return null;
  const { name, user_id: owner } = before;
  const what = { kind: 'view.removed', subject: before, before: { name } } as const;
  const removal = db.delete(savedViews).where(may);
  const shared = owner === null;
  await writeAll(db, shared ? [recordActivity(db, by, what, exists(find)), removal] : [removal]);
  return { owner };
}

/** What is recorded of a change of a view: nothing if it is private before and after. */
function recorderOf(
  db: Database,
  by: By,
  before: typeof savedViews.$inferSelect,
  after: Pick<NewView, 'name' | 'query' | 'shared'>,
): Recorder | undefined {
  const wasShared = before.user_id === null;
  const { name } = after;
  const subject = { id: before.id, name };
  if (wasShared !== after.shared) {
    const what = after.shared
      ? ({ kind: 'view.shared', subject, after: { name } } as const)
      : ({ kind: 'view.unshared', subject, before: { name: before.name } } as const);
    return (when) => recordActivity(db, by, what, when);
  }
  if (!wasShared) return undefined;
  return recorderOfChange(db, by, {
    kind: 'view.changed',
    subject,
    before: { name: before.name, filters: JSON.stringify(before.query) },
    after: { name, filters: JSON.stringify(after.query) },
  });
}

/** Whether there is such a view among the team's. */
export async function isShared(db: Database, organizationId: string, id: string): Promise<boolean> {
  const rows = await db
    .select({ id: savedViews.id })
    .from(savedViews)
    .where(
      and(
        eq(savedViews.organization_id, organizationId),
        eq(savedViews.id, id),
        isNull(savedViews.user_id),
      ),
    );
  return rows.length > 0;
}

function isChangedBy(organizationId: string, { userId, shared }: Editor) {
  if (shared) return isSeenBy(organizationId, userId);
  return and(eq(savedViews.organization_id, organizationId), eq(savedViews.user_id, userId));
}

function isSharedBy(organizationId: string, userId: string) {
  return and(
    eq(savedViews.organization_id, organizationId),
    isNull(savedViews.user_id),
    eq(savedViews.shared_by, userId),
  );
}

function isSeenBy(organizationId: string, userId: string) {
  return and(
    eq(savedViews.organization_id, organizationId),
    or(isNull(savedViews.user_id), eq(savedViews.user_id, userId)),
  );
}
