import type { ActivityRecord, ActivityValues } from '../../../protocol/resources/activity.ts';
import type { Database } from '../../database/database.ts';
import { csvFile } from '../../http/csv.ts';
import { type ActivityFilter, listActivity } from './store.ts';

const COLUMNS = [
  'id',
  'at',
  'area',
  'kind',
  'actor_kind',
  'actor_id',
  'actor_name',
  'subject_type',
  'subject_id',
  'subject_name',
  'before',
  'after',
] as const;

/** Activities that are read at once. */
const AT_ONCE = 200;

/**
 * The activity as a file, the newest first. What happens while it is read is not in it.
 *
 * @param db one that stays open as long as the stream: not the request's
 */
export function activityCsv(
  db: Database,
  organizationId: string,
  filter: ActivityFilter,
  atOnce = AT_ONCE,
): ReadableStream<Uint8Array> {
  let cursor: string | undefined;
  let begun = false;
  return csvFile(COLUMNS, async () => {
    if (begun && cursor === undefined) return null;
    begun = true;
    const page = await listActivity(db, organizationId, filter, { cursor, limit: atOnce });
    cursor = page.next_cursor ?? undefined;
    return page.items.map(toRow);
  });
}

function toRow({ id, at, area, kind, actor, subject, before, after }: ActivityRecord) {
  return [
    id,
    at,
    area,
    kind,
    actor.kind,
    'id' in actor ? (actor.id ?? null) : null,
    'name' in actor ? (actor.name ?? null) : null,
    subject?.type ?? null,
    subject?.id ?? null,
    subject?.name ?? null,
    texts(before),
    texts(after),
  ];
}

/** Values as texts, so that none of them begins a formula and the whole is still JSON. */
function texts(values: ActivityValues | null): Record<string, string> | null {
  if (!values) return null;
  return Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      Array.isArray(value) ? value.join('; ') : String(value ?? ''),
    ]),
  );
}
