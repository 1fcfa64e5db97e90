import type { OpenDepartment } from '../../../protocol/department.ts';
import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { log } from '../../kernel/log.ts';
import { inboxOf } from '../../organization/address.ts';
import { FINE, type Verdict } from '../quotas/addresses.ts';
import { type Spoken, translated } from '../translations/own-texts.ts';
import { presenceLines } from './presence.ts';
import { listReceptions, measureReply } from './reception-store.ts';

/** Milliseconds that an isolate goes by the reply times that it has measured. */
const BELIEVED_FOR = 10 * 60_000;

const measured = new Map<string, { seconds: Promise<number | null>; until: number }>();

/**
 * The departments as a visitor may choose them now: who is there, and how soon one usually gets an
 * answer. One that is to be hidden while nobody is there is left out. Where the inbox does not
 * answer nobody is shown as there, and nothing is hidden for it. Their texts are in the visitor's
 * language where the organization has written them in it.
 */
export async function receive(
  env: Env,
  db: Database,
  organizationId: string,
  spoken: Spoken,
  address?: string,
): Promise<{ departments: OpenDepartment[]; verdict: Verdict }> {
  const [receptions, { present, verdict }] = await Promise.all([
    listReceptions(db, organizationId),
    arriveIn(env, organizationId, address),
  ]);
  const departments = await Promise.all(
    receptions.map(async ({ member_ids, offline, translations, ...original }) => {
      const department = translated(original, translations, spoken);
      const online = thoseOf(member_ids, present ?? []).map(({ name }) => ({ name }));
      if (offline === 'hide' && present && online.length === 0) return null;
      const reply_seconds = await replyTime(db, organizationId, department.id);
      const presence = presenceLines(spoken.wanted, online, reply_seconds);
      return { ...department, online, reply_seconds, presence };
    }),
  );
  return { departments: departments.filter((department) => department !== null), verdict };
}

/**
 * Whether visitors do not see this department now, since nobody who serves it is there: its own id
 * opens it no more than the list does. Where the inbox does not answer nothing is hidden for it.
 */
export async function isHiddenNow(
  env: Env,
  db: Database,
  organizationId: string,
  department: { id: string; offline: 'show' | 'hide' },
): Promise<boolean> {
  if (department.offline !== 'hide') return false;
  const [receptions, present] = await Promise.all([
    listReceptions(db, organizationId),
    presentIn(env, organizationId),
  ]);
  const { member_ids } = receptions.find(({ id }) => id === department.id) ?? {};
  return present !== null && member_ids !== undefined && thoseOf(member_ids, present).length === 0;
}

/** Who of the organization is there; null where the inbox does not answer. */
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
    const { online, verdict } = await inboxOf(env, organizationId).arrive(address);
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
  const known = measured.get(id);
  if (known && known.until > Date.now()) return known.seconds;
  const seconds = measureReply(db, organizationId, id);
  measured.set(id, { seconds, until: Date.now() + BELIEVED_FOR });
  seconds.catch(() => measured.delete(id));
  return seconds;
}
