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

/** A list of which nothing is known yet is empty. */
function createList<Item>(fetchItems: () => Promise<readonly Item[]>) {
  const loaded = createLoaded(fetchItems);
  return { ...loaded, items: () => loaded.value() ?? [] };
}

/** What the inbox shows names of, filters by and offers in menus. */
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

  /** Whether a list that was loaded has it no more. */
  const isRemoved = <Item>(
    { value }: { value(): readonly Item[] | null },
    id: string | null | undefined,
    idOf: (item: Item) => string,
  ) => Boolean(id && value()?.every((item) => idOf(item) !== id));

  /** What a query of the list names that was removed since; null where all of it is there. */
  function removedOf(query: SavedQuery): 'label' | 'department' | 'colleague' | null {
    const { label, department, assignee = 'me' } = query;
    if (isRemoved(labels, label, ({ id }) => id)) return 'label';
    if (isRemoved(departments, department, ({ id }) => id)) return 'department';
    if (assignee === 'me' || assignee === 'none') return null;
    return isRemoved(members, assignee, ({ user_id }) => user_id) ? 'colleague' : null;
  }

  /** Whether the agent sees what is in there. */
  const isShown = (id: string) => me.departments?.includes(id) ?? true;

  return {
    departments: departments.items,
    /** Those whose conversations this agent sees; a conversation may be moved to any. */
    shown: () => departments.items().filter(({ id }) => isShown(id)),
    members: members.items,
    labels: labels.items,
    views: () =>
      views.items().filter(({ query }) => !query.department || isShown(query.department)),
    load,
    removedOf,
    /** Fetches again what somebody changed. */
    reload: (what: SettingsChanged['what']) => parts[what]?.loadSoon(),
    /** The lists themselves, for pages that show whether they are there. */
    loaded: { departments, members, labels, views },
    departmentName: (id: string) =>
      departments.items().find((department) => department.id === id)?.name ?? null,
    /** The address of somebody's picture; null where there is none. */
    imageOf: (id: string) => members.items().find(({ user_id }) => user_id === id)?.image ?? null,
    /** The labels of these ids, in the order of their names; one that was removed is not there. */
    labelsOf: (ids: readonly string[]) => labels.items().filter(({ id }) => ids.includes(id)),
  };
}

export type Directory = ReturnType<typeof createDirectory>;
