import type { CannedResponse } from '../../../protocol/resources/canned-response.ts';
import type {
  DepartmentAutoClose,
  DepartmentRecord,
  PreChatField,
} from '../../../protocol/resources/department.ts';
import type { Label } from '../../../protocol/resources/label.ts';
import type {
  DepartmentTranslations,
  WidgetTranslations,
} from '../../../protocol/widget/translations.ts';
import type {
  HumanCheckSetting,
  WidgetLook,
  WidgetSettingsRecord,
} from '../../../protocol/widget/widget-settings.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** What owners and admins set up. A refusal's fields are named as here: `preChatFields.0.label`. */

const { departments, settings, labels } = api.admin;
const canned = api.admin['canned-responses'];

export type DepartmentChange = {
  name?: string;
  description?: string;
  visible?: boolean;
  offline?: 'show' | 'hide';
  /** Null: the hours of the organization. */
  scheduleId?: string | null;
  autoClose?: DepartmentAutoClose;
  archived?: boolean;
  /** A field without an id is new. */
  preChatFields?: (Omit<PreChatField, 'id'> & { id: string | null })[];
  memberIds?: string[];
  translations?: DepartmentTranslations;
};

export async function createDepartment(
  json: Omit<DepartmentChange, 'archived'> & { name: string },
): Promise<DepartmentRecord> {
  const made = await callAsAgent((options) => departments.$post({ json }, options));
  return made.department;
}

/** 409 `conflict` to archive one with open conversations. */
export async function changeDepartment(
  id: string,
  json: DepartmentChange,
): Promise<DepartmentRecord> {
  const param = { id };
  const changed = await callAsAgent((options) =>
    departments[':id'].$patch({ param, json }, options),
  );
  return changed.department;
}

/** Puts these first, in this order. */
export async function orderDepartments(ids: string[]): Promise<void> {
  await callAsAgent((options) => departments.order.$put({ json: { ids } }, options));
}

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
export async function lookForWidget(): Promise<void> {
  await callAsAgent((options) => settings.seen.$delete({}, options));
}

export async function listCannedResponses(): Promise<CannedResponse[]> {
  const { items } = await callAsAgent((options) => canned.$get({}, options));
  return items;
}

/** Makes one without an id, else replaces it; 409 with the field `shortcut` when that is taken. */
export async function saveCannedResponse(
  id: string | null,
  json: Omit<CannedResponse, 'id'>,
): Promise<void> {
  if (id === null) await callAsAgent((options) => canned.$post({ json }, options));
  else await callAsAgent((options) => canned[':id'].$put({ param: { id }, json }, options));
}

export async function removeCannedResponse(id: string): Promise<void> {
  await callAsAgent((options) => canned[':id'].$delete({ param: { id } }, options));
}

export async function listLabels(): Promise<Label[]> {
  const { items } = await callAsAgent((options) => labels.$get({}, options));
  return items;
}

/** Makes one without an id, else replaces it; 409 with the field `name` when that is taken. */
export async function saveLabel(id: string | null, json: Omit<Label, 'id'>): Promise<void> {
  if (id === null) await callAsAgent((options) => labels.$post({ json }, options));
  else await callAsAgent((options) => labels[':id'].$put({ param: { id }, json }, options));
}

export async function removeLabel(id: string): Promise<void> {
  await callAsAgent((options) => labels[':id'].$delete({ param: { id } }, options));
}
