import type { Page } from '../../../protocol/page.ts';
import type { ActivityRecord, ActivitySettings } from '../../../protocol/resources/activity.ts';
import type {
  ActivityArea,
  ActivityDays,
  ActivityKind,
} from '../../../protocol/resources/activity-kinds.ts';
import { api, callAsAgent } from '../../api/http.ts';

/** The filters of the log, named as in the API's query. */
export type ActivityQuery = {
  kind?: ActivityArea | ActivityKind;
  without?: ActivityArea;
  actor?: string;
  subject?: string;
  from?: string;
  to?: string;
};

/** With `without`, or two filters, a page can be short although there is a next one. */
export function listActivity(
  query: ActivityQuery,
  cursor: string | null,
): Promise<Page<ActivityRecord>> {
  return callAsAgent((options) =>
    api.admin.activity.$get({ query: { ...query, ...(cursor && { cursor }) } }, options),
  );
}

/** The URL of the same list as a CSV file. */
export function activityFile(query: ActivityQuery): string {
  return `/api/admin/activity/export?${new URLSearchParams(query)}`;
}

export async function getActivitySettings(): Promise<ActivitySettings> {
  const { settings } = await callAsAgent((options) =>
    api.admin.activity.settings.$get({}, options),
  );
  return settings;
}

export async function changeActivitySettings(json: {
  keptDays?: ActivityDays | null;
  recordConversations?: boolean;
}): Promise<ActivitySettings> {
  const { settings } = await callAsAgent((options) =>
    api.admin.activity.settings.$patch({ json }, options),
  );
  return settings;
}
