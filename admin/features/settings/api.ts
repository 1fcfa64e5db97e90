import type { InferRequestType } from 'hono/client';
import type { WidgetSettingsRecord } from '../../../protocol/widget/widget-settings.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { settings } = api.admin;

export async function getSettings(): Promise<WidgetSettingsRecord> {
  const answer = await callAsAgent((options) => settings.$get({}, options));
  return answer.settings;
}

/** What the Worker's route takes; what is left out stays. */
type SettingsChange = InferRequestType<typeof settings.$patch>['json'];

export function changeSettings(json: SettingsChange) {
  return callAsAgent((options) => settings.$patch({ json }, options));
}

/** Forgets where the widget was installed, so that the next visit is reported at once. */
export async function forgetInstallation(): Promise<void> {
  await callAsAgent((options) => settings.seen.$delete({}, options));
}
