import type { SettingsChanged } from '../../protocol/frames/organization-socket.ts';
import type { DepartmentRecord } from '../../protocol/resources/department.ts';
import type { Label } from '../../protocol/resources/label.ts';
import type { SavedQuery, SavedView } from '../../protocol/resources/saved-view.ts';
import type { TeamMember } from '../../protocol/resources/team.ts';
import { listDepartments } from '../features/departments/api.ts';
import { listLabels } from '../features/labels/api.ts';
import type { Me } from '../features/session/api.ts';
import { listMembers } from '../features/team/api.ts';
import { listViews } from '../features/views/api.ts';
import { createLoaded } from '../lib/loaded.ts';

/** A list that is empty until it has loaded. */
function createList<Item>(fetchItems: () => Promise<readonly Item[]>) {
  const loaded = createLoaded(fetchItems);
  return { ...loaded, items: () => loaded.value() ?? [] };
}

/** Departments, members, labels and views, for names, filters and menus. */
export function createDirectory(me: Pick<Me, 'departments'>) {
  const departments = createList<DepartmentRecord>(listDepartments);
  const members = createList<TeamMember>(listMembers);
  const labels = createList<Label>(listLabels);
  const views = createList<SavedView>(listViews);
  const parts: Partial<Record<SettingsChanged['what'], { loadSoon(): void }>> = {
    departments,
    members,
    labels,
    views,
  };

  async function load(): Promise<void> {
    await Promise.all([departments.load(), members.load(), labels.load(), views.load()]);
  }

  /** Whether a loaded list no longer contains an id. */
  const isRemoved = <Item>(
    { value }: { value(): readonly Item[] | null },
    id: string | null | undefined,
    idOf: (item: Item) => string,
  ) => Boolean(id && value()?.every((item) => idOf(item) !== id));

  /**
   * The filter of a query whose label, department or colleague was removed; null if there is none.
   */
  function removedOf(query: SavedQuery): 'label' | 'department' | 'colleague' | null {
    const { label, department, assignee = 'me' } = query;
    if (isRemoved(labels, label, ({ id }) => id)) return 'label';
    if (isRemoved(departments, department, ({ id }) => id)) return 'department';
    if (assignee === 'me' || assignee === 'none') return null;
    return isRemoved(members, assignee, ({ user_id }) => user_id) ? 'colleague' : null;
  }

  /** Whether the agent sees the conversations of a department. */
  const isShown = (id: string) => me.departments?.includes(id) ?? true;

  return {
    departments: departments.items,
    /**
     * The departments whose conversations this agent sees. Conversations can be moved to any
     * department.
     */
    shown: () => departments.items().filter(({ id }) => isShown(id)),
    members: members.items,
    labels: labels.items,
    views: () =>
      views.items().filter(({ query }) => !query.department || isShown(query.department)),
    load,
    removedOf,
    /** Reloads a list that was changed. */
    reload: (what: SettingsChanged['what']) => parts[what]?.loadSoon(),
    /** The lists with their loading state. */
    loaded: { departments, members, labels, views },
    departmentName: (id: string) =>
      departments.items().find((department) => department.id === id)?.name ?? null,
    /** The URL of a member's picture, or null. */
    imageOf: (id: string) => members.items().find(({ user_id }) => user_id === id)?.image ?? null,
    /** The labels with these ids, sorted by name. Removed labels are left out. */
    labelsOf: (ids: readonly string[]) => labels.items().filter(({ id }) => ids.includes(id)),
  };
}

export type Directory = ReturnType<typeof createDirectory>;
