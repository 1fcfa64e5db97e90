import { env } from 'cloudflare:workers';
import type { ActivityRecord } from '../../protocol/resources/activity.ts';
import type { ActivityKind } from '../../protocol/resources/activity-kinds.ts';
import { openDatabase } from '../database/database.ts';
import { listActivity } from '../features/activity/store.ts';

/** What an organization's activity log has of a kind, the newest first. */
export async function recorded(
  organizationId: string,
  kind: ActivityKind,
): Promise<ActivityRecord[]> {
  const { items } = await listActivity(openDatabase(env), organizationId, { kind }, { limit: 10 });
  return items;
}
