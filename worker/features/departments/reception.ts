import type { Availability, OpenDepartment } from '../../../protocol/resources/department.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { log } from '../../kernel/log/log.ts';
import { organizationObject } from '../../organization/address.ts';
import { FINE, type Verdict } from '../quotas/addresses.ts';
import { availability } from '../schedules/availability.ts';
import { findHours } from '../schedules/store.ts';
import { type SpokenLanguages, translated } from '../translations/own-texts.ts';
import { withAddress } from './closed-form.ts';
import { presenceLines } from './presence.ts';
import { presenceTexts } from './presence-texts.ts';
import { listReceptions } from './reception-store.ts';
import { replyTime } from './reply-times.ts';

/**
 * The departments as a visitor may choose them now: whether they are open, who is there, and how soon
 * one usually gets an answer. One that is to be hidden while nobody answers is left out. Where the
 * organization's object does not answer nobody is shown as there, and nothing is hidden for it. Their
 * texts are in the visitor's language where the organization has written them in it.
 *
 * @param organization `schedule_id`: its hours, for departments that have none of their own
 * @param zone the IANA time zone of the visitor, where it is known
 * @param hasAddress whether an e-mail address of the visitor is known; asked where a department is closed
 * @returns `closed`: where none is left, when the first of them opens, in the visitor's language
 */
export async function receive(
  env: Env,
  db: Database,
  organization: { organization_id: string; schedule_id: string | null },
  languages: SpokenLanguages,
  {
    address,
    zone,
    hasAddress = async () => false,
  }: {
    address?: string | undefined;
    zone?: string | undefined;
    hasAddress?: () => Promise<boolean>;
  } = {},
): Promise<{ departments: OpenDepartment[]; closed: string | null; verdict: Verdict }> {
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
  const { address: label, leave } = presenceTexts(languages.wanted);
  const reader = { wanted: languages.wanted, zone };
  /** When the hidden departments open, and what says so. */
  const openings: { opens_at: string; presence: string }[] = [];
  const departments = await Promise.all(
    receptions.map(async ({ member_ids, offline, translations, schedule_id, ...original }) => {
      const department = translated(original, translations, languages);
      const hours = schedules.get(schedule_id ?? organization.schedule_id ?? '') ?? null;
      const { online: serving, ...state } = availability({ member_ids }, present, hours, now);
      const online = serving.map(({ name }) => ({ name }));
      if (isHidden(offline, state, present !== null)) {
        const { opens_at } = state;
        const presence = presenceLines(
          reader,
          { ...state, online, reply_seconds: null },
          hours,
          now,
        );
        if (opens_at !== null) openings.push({ opens_at, presence });
        return null;
      }
      const reply_seconds = await replyTime(db, organization_id, department.id);
      const presence = presenceLines(reader, { ...state, online, reply_seconds }, hours, now);
      const asksForAddress = state.state === 'closed' && !(await hasAddress());
      return {
        ...department,
        ...(asksForAddress && { pre_chat_fields: withAddress(department.pre_chat_fields, label) }),
        online,
        reply_seconds,
        availability: { ...state, reply_seconds },
        presence,
        notice: asksForAddress ? `${presence}\n${leave}` : null,
      };
    }),
  );
  const shown = departments.filter((department) => department !== null);
  const [first] = openings.sort((a, b) => (a.opens_at < b.opens_at ? -1 : 1));
  return { departments: shown, closed: shown[0] ? null : (first?.presence ?? null), verdict };
}

/**
 * What a visitor who names a department by its id finds there: `hidden`, since nobody answers in it and it is set
 * so; its id then opens it no more than the list does; or `closed`, which takes a message with an address. Where
 * the organization's object does not answer nothing is hidden for it.
 *
 * @param organizationHours the schedule that the organization follows
 */
export async function standingOf(
  env: Env,
  db: Database,
  organizationId: string,
  department: { id: string; offline: 'show' | 'hide'; schedule_id: string | null },
  organizationHours: string | null,
): Promise<'open' | 'closed' | 'hidden'> {
  const scheduleId = department.schedule_id ?? organizationHours;
  const hides = department.offline === 'hide';
  // Unused costs nothing (P15).
  if (!hides && scheduleId === null) return 'open';
  const [receptions, present, schedules] = await Promise.all([
    hides ? listReceptions(db, organizationId) : [],
    hides ? presentIn(env, organizationId) : null,
    findHours(db, organizationId, scheduleId === null ? [] : [scheduleId]),
  ]);
  const { member_ids = [] } = receptions.find(({ id }) => id === department.id) ?? {};
  const hours = schedules.get(scheduleId ?? '') ?? null;
  const state = availability({ member_ids }, present, hours, new Date());
  if (isHidden(department.offline, state, present !== null)) return 'hidden';
  return state.state === 'closed' ? 'closed' : 'open';
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
