import type { Availability, OpenDepartment } from '../../../protocol/resources/department.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { log } from '../../kernel/log/log.ts';
import { organizationObject } from '../../organization/address.ts';
import { FINE, type Verdict } from '../quotas/addresses.ts';
import { availability } from '../schedules/availability.ts';
import { findHours } from '../schedules/store.ts';
import { findScheduleId } from '../settings/store.ts';
import { type SpokenLanguages, translated } from '../translations/own-texts.ts';
import { presenceLines } from './presence.ts';
import { listReceptions, measureReply } from './reception-store.ts';

/** Milliseconds that an isolate goes by the reply times that it has measured. */
const BELIEVED_FOR = 10 * 60_000;

const measured = new Map<string, { seconds: Promise<number | null>; until: number }>();

/**
 * The departments as a visitor may choose them now: whether they are open, who is there, and how soon
 * one usually gets an answer. One that is to be hidden while nobody answers is left out. Where the
 * organization's object does not answer nobody is shown as there, and nothing is hidden for it. Their
 * texts are in the visitor's language where the organization has written them in it.
 *
 * @param organization `schedule_id`: its hours, for departments that have none of their own
 * @param zone the IANA time zone of the visitor, where it is known
 */
export async function receive(
  env: Env,
  db: Database,
  organization: { organization_id: string; schedule_id: string | null },
  languages: SpokenLanguages,
  { address, zone }: { address?: string | undefined; zone?: string | undefined } = {},
): Promise<{ departments: OpenDepartment[]; verdict: Verdict }> {
  const { organization_id } = organization;
  const now = new Date();
  const [receptions, { present, verdict }] = await Promise.all([
    listReceptions(db, organization_id),
    arriveIn(env, organization_id, address),
  ]);
  const followed = receptions.map(({ schedule_id }) => schedule_id ?? organization.schedule_id);
  const schedules = await findHours(db, organization_id, [
    ...new Set(followed.filter((id) => id !== null)),
  ]);
  const departments = await Promise.all(
    receptions.map(async ({ member_ids, offline, translations, schedule_id, ...original }) => {
      const department = translated(original, translations, languages);
      const serving = thoseOf(member_ids, present ?? []).map(({ name }) => ({ name }));
      const hours = schedules.get(schedule_id ?? organization.schedule_id ?? '') ?? null;
      const state = availability(serving.length > 0, hours, now);
      if (isHidden(offline, state, present !== null)) return null;
      const reply_seconds = await replyTime(db, organization_id, department.id);
      const online = state.state === 'online' ? serving : [];
      const reader = { wanted: languages.wanted, zone };
      const presence = presenceLines(reader, { ...state, online, reply_seconds }, hours, now);
      return {
        ...department,
        online,
        reply_seconds,
        availability: { ...state, reply_seconds },
        presence,
      };
    }),
  );
  return { departments: departments.filter((department) => department !== null), verdict };
}

/**
 * Whether visitors do not see this department now, since nobody answers in it: its own id opens it no
 * more than the list does. Where the organization's object does not answer nothing is hidden for it.
 */
export async function isHiddenNow(
  env: Env,
  db: Database,
  organizationId: string,
  department: { id: string; offline: 'show' | 'hide'; schedule_id: string | null },
): Promise<boolean> {
  if (department.offline !== 'hide') return false;
  const [receptions, present, scheduleId] = await Promise.all([
    listReceptions(db, organizationId),
    presentIn(env, organizationId),
    department.schedule_id ?? findScheduleId(db, organizationId),
  ]);
  const { member_ids } = receptions.find(({ id }) => id === department.id) ?? {};
  if (member_ids === undefined) return false;
  const schedules = await findHours(db, organizationId, scheduleId === null ? [] : [scheduleId]);
  const hours = schedules.get(scheduleId ?? '') ?? null;
  const state = availability(thoseOf(member_ids, present ?? []).length > 0, hours, new Date());
  return isHidden(department.offline, state, present !== null);
}

/** Its hours are known even where nobody knows who is there. */
function isHidden(
  offline: 'show' | 'hide',
  { state }: Availability,
  isPresenceKnown: boolean,
): boolean {
  return offline === 'hide' && (state === 'closed' || (state === 'away' && isPresenceKnown));
}

/** The agents of the organization who are online; null if the inbox does not answer. */
async function presentIn(env: Env, organizationId: string): Promise<Person[] | null> {
  return (await arriveIn(env, organizationId)).present;
}

/** The same, with what is held against a new visitor's address: nothing where nobody answers. */
export async function arriveIn(
  env: Env,
  organizationId: string,
  address?: string,
): Promise<{ present: Person[] | null; verdict: Verdict }> {
  try {
    const { online, verdict } = await organizationObject(env, organizationId).arrive(address);
    return { present: online, verdict };
  } catch (error) {
    log.warn('presence_unknown', { organization: organizationId, error });
    return { present: null, verdict: FINE };
  }
}

type Person = { id: string; name: string };

/** Those who serve a department; one without people of its own is served by everybody. */
function thoseOf(memberIds: readonly string[], people: readonly Person[]): Person[] {
  return people.filter(({ id }) => memberIds.length === 0 || memberIds.includes(id));
}

function replyTime(db: Database, organizationId: string, id: string): Promise<number | null> {
  const measurement = measured.get(id);
  if (measurement && measurement.until > Date.now()) return measurement.seconds;
  const seconds = measureReply(db, organizationId, id);
  measured.set(id, { seconds, until: Date.now() + BELIEVED_FOR });
  seconds.catch(() => measured.delete(id));
  return seconds;
}
