import type { SavedView } from '../../protocol/resources.ts';
import { api, callAsAgent } from './http.ts';

const { views } = api.admin;

/** The agent's own and the team's. */
export async function listViews(): Promise<SavedView[]> {
  const { items } = await callAsAgent((options) => views.$get({}, options));
  return items;
}

export async function createView(json: Omit<SavedView, 'id'>): Promise<SavedView> {
  const made = await callAsAgent((options) => views.$post({ json }, options));
  return made.view;
}

export async function changeView(id: string, json: Partial<Omit<SavedView, 'id'>>): Promise<void> {
  await callAsAgent((options) => views[':id'].$patch({ param: { id }, json }, options));
}

export async function removeView(id: string): Promise<void> {
  await callAsAgent((options) => views[':id'].$delete({ param: { id } }, options));
}
