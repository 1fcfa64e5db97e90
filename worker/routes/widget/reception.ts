import type { OpenDepartment } from '../../../protocol/resources.ts';
import type { Env } from '../../env.ts';
import { inboxOf } from '../../inbox/address.ts';
import { log } from '../../kernel/log.ts';
import { type Spoken, translated } from '../../own-texts.ts';
import type { Database } from '../../store/database.ts';
import { listReceptions, measureReply } from '../../store/reception.ts';
import { presenceLines } from './presence.ts';

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
): Promise<OpenDepartment[]> {
  const [receptions, present] = await Promise.all([
    listReceptions(db, organizationId),
    inboxOf(env, organizationId)
      .online()
      .catch((error: unknown) => {
        log.warn('presence_unknown', { organization: organizationId, error });
        return null;
      }),
  ]);
  const departments = await Promise.all(
    receptions.map(async ({ member_ids, offline, translations, ...original }) => {
      const department = translated(original, translations, spoken);
      const online = (present ?? [])
        .filter(({ id }) => member_ids.length === 0 || member_ids.includes(id))
        .map(({ name }) => ({ name }));
      if (offline === 'hide' && present && online.length === 0) return null;
      const reply_seconds = await replyTime(db, organizationId, department.id);
      const presence = presenceLines(spoken.wanted, online, reply_seconds);
      return { ...department, online, reply_seconds, presence };
    }),
  );
  return departments.filter((department) => department !== null);
}

function replyTime(db: Database, organizationId: string, id: string): Promise<number | null> {
  const known = measured.get(id);
  if (known && known.until > Date.now()) return known.seconds;
  const seconds = measureReply(db, organizationId, id);
  measured.set(id, { seconds, until: Date.now() + BELIEVED_FOR });
  seconds.catch(() => measured.delete(id));
  return seconds;
}
