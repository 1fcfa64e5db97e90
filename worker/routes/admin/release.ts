import { reach } from '../../conversation/reach.ts';
import { type Agent, unrestricted } from '../../conversation/who.ts';
import type { Env } from '../../env.ts';
import { log } from '../../kernel/log.ts';
import { listConversations } from '../../store/conversations/lists.ts';
import type { Database } from '../../store/database.ts';

/** Conversations that are given back at once, and pages of them at most: a request has its limits. */
const AT_ONCE = 25;
const PAGES = 20;

/**
 * Gives the open conversations of somebody who left back to their queues. Each page is of those
 * that are still theirs, so that it goes on until none is.
 */
export async function release(env: Env, db: Database, by: Agent, userId: string): Promise<void> {
  const teller = unrestricted(by);
  for (let page = 0; page < PAGES; page += 1) {
    const { items } = await listConversations(db, by.organization_id, {
      status: 'open',
      assignee: { id: userId },
      sort: 'activity',
      limit: AT_ONCE,
    });
    if (items.length === 0) return;
    const given = await Promise.allSettled(
      items.map(({ id }) =>
        reach(env, teller, id, (object) => object.change(teller, { assignee: null })),
      ),
    );
    const failed = given.filter((one) => one.status === 'rejected');
    if (failed.length > 0) {
      // Some conversations of somebody who left stay assigned to them.
      const organization = by.organization_id;
      const error = failed[0]?.reason;
      log.error('release_incomplete', { organization, user: userId, count: failed.length, error });
      return;
    }
  }
}
