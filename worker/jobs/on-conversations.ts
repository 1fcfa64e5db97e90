import { conversationObject } from '../conversation/calls/address.ts';
import type { JobContext } from './job.ts';
import { mustTryAgain } from './plan.ts';

/** Objects that are called at once: each of them may open a connection to the database. */
const AT_ONCE = 10;

type Stub = ReturnType<typeof conversationObject>;

/**
 * Calls the objects of conversations, some at a time.
 *
 * @returns what each answered, in order; null where it failed in several tries, and how many did
 * @throws Error where the page has to be tried again
 */
export async function onConversations<Value>(
  { env, organization, attempt }: Pick<JobContext, 'env' | 'organization' | 'attempt'>,
  ids: readonly string[],
  call: (conversation: Stub, id: string) => Promise<Value>,
): Promise<{ values: (Value | null)[]; failed: number }> {
  const values: (Value | null)[] = [];
  let failed = 0;
  for (let start = 0; start < ids.length; start += AT_ONCE) {
    const results = await Promise.allSettled(
      ids
        .slice(start, start + AT_ONCE)
        .map(async (id) => call(conversationObject(env, organization, id), id)),
    );
    for (const result of results) {
      if (result.status === 'rejected') failed += 1;
      values.push(result.status === 'fulfilled' ? result.value : null);
    }
  }
  if (mustTryAgain(failed, ids.length, attempt)) {
    throw new Error(`${failed} of ${ids.length} conversations did not answer`);
  }
  return { values, failed };
}
