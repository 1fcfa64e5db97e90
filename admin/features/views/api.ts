import type { SavedView } from '../../../protocol/resources/saved-view.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { views } = api.admin;

/** The editable fields of a view. */
type ViewDraft = Omit<SavedView, 'id' | 'missing' | 'position' | 'shared_by'>;

/** The agent's own views and the shared ones. */
export async function listViews(): Promise<SavedView[]> {
  const { items } = await callAsAgent((options) => views.$get({}, options));
  return items;
}

export function createView(json: ViewDraft) {
  return callAsAgent((options) => views.$post({ json }, options));
}

export function changeView(id: string, json: Partial<ViewDraft>) {
  return callAsAgent((options) => views[':id'].$patch({ param: { id }, json }, options));
}

export async function removeView(id: string): Promise<void> {
  await callAsAgent((options) => views[':id'].$delete({ param: { id } }, options));
}
