import type { SavedQuery } from '../../protocol/resources/saved-view.ts';
import type { Me } from '../features/session/api.ts';
import type { Lists } from './lists.ts';

/** Departments, members, labels and views, for names, filters and menus. */
export function createDirectory(me: Pick<Me, 'departments'>, lists: Lists) {
  const { departments, members, labels, views } = lists;
  for (const cache of [departments, members, labels, views]) cache.want();

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
    removedOf,
    /** The lists themselves. */
    lists,
    departmentName: (id: string) => departments.byId(id)?.name ?? null,
    /** The URL of a member's picture, or null. */
    imageOf: (id: string) => members.items().find(({ user_id }) => user_id === id)?.image ?? null,
    /** The labels with these ids, sorted by name. Removed labels are left out. */
    labelsOf: (ids: readonly string[]) => labels.items().filter(({ id }) => ids.includes(id)),
  };
}

export type Directory = ReturnType<typeof createDirectory>;
