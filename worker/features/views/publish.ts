import type { SavedView } from '../../../protocol/resources/saved-view.ts';
import { type Dashboards, publish } from '../../http/publish.ts';
import type { ChangePart } from '../../organization/agents/setting-change.ts';
import { findView, listIncomplete, type OwnedView, type Removed } from './store.ts';

/** A view goes to those who have it: its owner, or everybody where it is shared. */
function partOf({ owner, view }: OwnedView): ChangePart<'views'> {
  return { items: [view], removed: [], ...(owner !== null && { only: owner }) };
}

/**
 * Tells dashboards of a view that was made, changed or removed.
 *
 * @param before whose it was before it changed, null for the team's; left out for one that is new
 * @returns the view as it is now, and the number of the change
 */
export async function publishView(
  dashboards: Dashboards,
  id: string,
  before?: { owner: string | null },
): Promise<{ view: SavedView | undefined; version: number | undefined }> {
  let now: OwnedView | null = null;
  const version = await publish(dashboards, 'views', async () => {
    now = await findView(dashboards.db, dashboards.organizationId, id);
    const parts: ChangePart<'views'>[] = now ? [partOf(now)] : [];
    if (before && !now) parts.push(removedFrom(id, before.owner));
    // Who had it with the team loses it where it is one person's from now on.
    else if (before?.owner === null && now?.owner) {
      parts.push({ items: [], removed: [id], except: now.owner });
    }
    return parts;
  });
  return { view: viewOf(now), version };
}

const viewOf = (owned: OwnedView | null) => owned?.view;

const removedFrom = (id: string, owner: string | null): ChangePart<'views'> => ({
  items: [],
  removed: [id],
  ...(owner !== null && { only: owner }),
});

/** Tells dashboards of the views that name what was just removed: they say that it is missing. */
export async function publishIncomplete(dashboards: Dashboards, removed: Removed): Promise<void> {
  await publish(dashboards, 'views', async () =>
    (await listIncomplete(dashboards.db, dashboards.organizationId, removed)).map(partOf),
  );
}
