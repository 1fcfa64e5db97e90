import { z } from 'zod';
import { addCounts, type JobCounts } from '../../protocol/resources/job.ts';
import { partsOf } from '../features/files/key.ts';
import { failureOf, resultOf } from '../features/rebuild/counts.ts';
import {
  countConversations,
  listConversationIds,
  listMissingDocuments,
  missingOf,
} from '../features/rebuild/names-store.ts';
import { correctTotals, countCustomers } from '../features/rebuild/totals-store.ts';
import { defineJob, type JobContext, type Page } from './job.ts';
import { onConversations } from './on-conversations.ts';
import { CONVERSATIONS_A_PAGE } from './plan.ts';

/** Customers of a page: each that is wrong is one statement. */
const CUSTOMERS_A_PAGE = 100;

/** Conversations before one another that a page goes back through: a visitor came back so often. */
const MOST_STEPS_BACK = 10;

/** The names come from the lists first, then from what else still has them; the totals come last. */
const cursor = z.discriminatedUnion('phase', [
  z.object({ phase: z.literal('conversations'), before: z.string().nullable() }),
  z.object({ phase: z.literal('documents'), after: z.number() }),
  z.object({ phase: z.literal('files'), after: z.string().nullable() }),
  z.object({ phase: z.literal('customers'), after: z.string().nullable() }),
]);
type Cursor = z.infer<typeof cursor>;

const FIRST: Cursor = { phase: 'conversations', before: null };

/**
 * Writes the database again from the objects: each conversation's row, labels, mentions and search
 * document, and customers that are gone; then the customers' totals. Reads what is right and does not
 * write it, so that it may run again at any time.
 */
export const rebuild = defineJob<Cursor>({
  cursor,
  async total({ db, organization }) {
    return (await countConversations(db, organization)) + (await countCustomers(db, organization));
  },
  page(context, at) {
    const from = at ?? FIRST;
    switch (from.phase) {
      case 'conversations':
        return ofLists(context, from.before);
      case 'documents':
        return ofDocuments(context, from.after);
      case 'files':
        return ofFiles(context, from.after);
      case 'customers':
        return ofCustomers(context, from.after);
    }
  },
});

async function ofLists(context: JobContext, before: string | null): Promise<Page<Cursor>> {
  const { db, organization } = context;
  const ids = await listConversationIds(db, organization, before, CONVERSATIONS_A_PAGE);
  const last = ids.length === CONVERSATIONS_A_PAGE ? ids.at(-1) : undefined;
  return {
    next: last ? { phase: 'conversations', before: last } : { phase: 'documents', after: -1 },
    ...(await reprojectAll(context, ids)),
  };
}

async function ofDocuments(context: JobContext, after: number): Promise<Page<Cursor>> {
  const { db, organization } = context;
  const { ids, next } = await listMissingDocuments(db, organization, after, CONVERSATIONS_A_PAGE);
  return {
    next: next === null ? { phase: 'files', after: null } : { phase: 'documents', after: next },
    ...(await reprojectAll(context, ids)),
  };
}

async function ofFiles(context: JobContext, after: string | null): Promise<Page<Cursor>> {
  const { env, db, organization } = context;
  const listed = await env.FILES?.list({
    prefix: `${organization}/`,
    ...(after !== null && { startAfter: after }),
  });
  const keys = listed?.objects.map(({ key }) => key) ?? [];
  const named = [...new Set(keys.flatMap((key) => partsOf(key)?.conversationId ?? []))];
  const missing = await missingOf(db, organization, named);
  const ids = missing.slice(0, CONVERSATIONS_A_PAGE);
  // Those beyond the page are listed again, from the key before theirs.
  const rest = new Set(missing.slice(CONVERSATIONS_A_PAGE));
  const cut = keys.findIndex((key) => rest.has(partsOf(key)?.conversationId ?? ''));
  const last = cut === -1 ? keys.at(-1) : keys[cut - 1];
  const isOver = cut === -1 && !listed?.truncated;
  return {
    next:
      isOver || last === undefined
        ? { phase: 'customers', after: null }
        : { phase: 'files', after: last },
    ...(await reprojectAll(context, ids)),
  };
}

async function ofCustomers(context: JobContext, after: string | null): Promise<Page<Cursor>> {
  const { db, organization } = context;
  const { next, looked, corrected } = await correctTotals(
    db,
    organization,
    after,
    CUSTOMERS_A_PAGE,
  );
  return {
    next: next === null ? null : { phase: 'customers', after: next },
    done: looked,
    results: { totals_corrected: corrected },
  };
}

/** Has conversations written again, and those before them that no list has. */
async function reprojectAll(
  context: JobContext,
  ids: string[],
): Promise<Omit<Page<Cursor>, 'next'>> {
  const { db, organization } = context;
  let done = 0;
  let results: JobCounts = {};
  let failures: JobCounts = {};
  let some = ids;
  for (let steps = 0; some.length > 0 && steps <= MOST_STEPS_BACK; steps += 1) {
    const { values, failed } = await onConversations(context, some, (conversation) =>
      conversation.reproject(),
    );
    done += some.length;
    failures = addCounts(failures, { conversation_failed: failed });
    const before = new Set<string>();
    for (const value of values) {
      if (!value) continue;
      results = addCounts(results, resultOf(value));
      failures = addCounts(failures, failureOf(value));
      if (value.previous_conversation_id) before.add(value.previous_conversation_id);
    }
    const tried = new Set(some);
    some = await missingOf(
      db,
      organization,
      [...before].filter((id) => !tried.has(id)),
    );
  }
  return { done, results, failures };
}
