import type { Actor } from '../../protocol/conversation/actor.ts';
import type { ActivityValue, ActivityValues } from '../../protocol/resources/activity.ts';
import {
  ACTIVITY_KINDS,
  type ActivityField,
  type ActivityKind,
  type ActivitySubject,
  MAX_ACTIVITY_ITEMS,
  MAX_ACTIVITY_TEXT,
} from '../../protocol/resources/activity-kinds.ts';
import { uuidv7 } from '../kernel/ids.ts';

/** In which organization something is done, and by whom. */
export type By = { organization_id: string; actor: Actor };

/** Something that is done. Of `before` and `after` only what differs is kept. */
export type Activity<Kind extends ActivityKind = ActivityKind> = {
  [Each in Kind]: {
    kind: Each;
    /** Of the thing that it is done to; left out for the organization itself. */
    subject?: { id: string; name?: string | null };
    before?: Values<Each>;
    after?: Values<Each>;
  };
}[Kind];

type Values<Kind extends ActivityKind> = Partial<Record<ActivityField<Kind>, ActivityValue>>;

/** Whether two values are the same to the log. */
export function isSameValue(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

/** An activity as it is written, and as it travels from a conversation to its organization's object. */
export type ActivityRow = ReturnType<typeof activityRow>;

/** The row of an activity: only the fields of its kind, and of them only what differs. */
export function activityRow({ organization_id, actor }: By, what: Activity) {
  const { area, subject: type } = ACTIVITY_KINDS[what.kind];
  const { before, after } = differing(what);
  const { id, name } = subjectOf(what, type, organization_id);
  return {
    organization_id,
    id: uuidv7(),
    area,
    kind: what.kind,
    actor,
    actor_id: 'id' in actor && actor.kind !== 'system' ? actor.id : null,
    subject_type: type,
    subject_id: id,
    subject_name: name,
    before,
    after,
  };
}

function subjectOf({ subject }: Activity, type: ActivitySubject, organizationId: string) {
  if (!subject) return { id: null, name: null };
  // Visitors' names are theirs: the log knows customers and conversations by their ids alone.
  const isNamed = type !== 'customer' && type !== 'conversation' && subject.id !== organizationId;
  return { id: subject.id, name: isNamed ? clipped(subject.name ?? null) : null };
}

/** What is kept of the values before and after; null where nothing is. */
export function differing({ kind, before = {}, after = {} }: Activity) {
  const kept = {
    before: new Map<string, ActivityValue>(),
    after: new Map<string, ActivityValue>(),
  };
  const values = { before: new Map(Object.entries(before)), after: new Map(Object.entries(after)) };
  for (const field of ACTIVITY_KINDS[kind].fields ?? Object.keys({ ...before, ...after })) {
    const [old, next] = [values.before.get(field), values.after.get(field)];
    if (isSameValue(old, next)) continue;
    if (old !== undefined) kept.before.set(field, bounded(old));
    if (next !== undefined) kept.after.set(field, bounded(next));
  }
  return { before: valuesOf(kept.before), after: valuesOf(kept.after) };
}

function valuesOf(kept: Map<string, ActivityValue>): ActivityValues | null {
  return kept.size > 0 ? Object.fromEntries(kept) : null;
}

function bounded(value: ActivityValue): ActivityValue {
  if (typeof value === 'string') return clipped(value);
  if (!Array.isArray(value)) return value;
  const items = value.slice(0, MAX_ACTIVITY_ITEMS).map((item) => clipped(item) ?? '');
  return value.length > MAX_ACTIVITY_ITEMS ? [...items, '…'] : items;
}

function clipped(text: string | null): string | null {
  if (text === null || text.length <= MAX_ACTIVITY_TEXT) return text;
  // Not in the middle of a character.
  return `${text.slice(0, MAX_ACTIVITY_TEXT).replace(/[\uD800-\uDBFF]$/, '')}…`;
}
