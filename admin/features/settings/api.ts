import type { WidgetTranslations } from '../../../protocol/widget/translations.ts';
import type {
  HumanCheckSetting,
  WidgetLook,
  WidgetSettingsRecord,
} from '../../../protocol/widget/widget-settings.ts';
import { api, callAsAgent } from '../../api/http.ts';

const { settings } = api.admin;

export async function getSettings(): Promise<WidgetSettingsRecord> {
  const found = await callAsAgent((options) => settings.$get({}, options));
  return found.settings;
}

export type SettingsChange = {
  accent: string | null;
  greeting: string;
  locale: string;
  allowedOrigins: string[];
  theme: WidgetLook['theme'];
  position: WidgetLook['position'];
  launcher: WidgetLook['launcher'];
  launcherText: string;
  visitorFileMegabytes: number | null;
  autoCloseHours: number | null;
  autoCloseMessage: string;
  autoCloseReopens: boolean;
  humanCheck: HumanCheckSetting;
  /** Null: always open. */
  scheduleId: string | null;
  translations: WidgetTranslations;
};

export async function changeSettings(json: Partial<SettingsChange>): Promise<WidgetSettingsRecord> {
  const changed = await callAsAgent((options) => settings.$patch({ json }, options));
  return changed.settings;
}

/** Forgets where the widget was seen, so that the next time is told at once. */
export async function forgetInstallation(): Promise<void> {
  await callAsAgent((options) => settings.seen.$delete({}, options));
}
