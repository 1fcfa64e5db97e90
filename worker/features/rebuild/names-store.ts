import { and, desc, eq, gt, inArray, isNull, lt, max } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { conversations, searchDocuments } = tables;

/**
 * The names of an organization's conversations, from wherever the database still has them. Objects
 * cannot be listed, so a conversation that nothing names cannot be found.
 */

/** Ids that one statement asks for: D1 binds 100 values. */
const IDS_AT_ONCE = 90;

/** Documents that one statement walks past: on D1 those of all tenants stand in one order. */
const DOCUMENTS_AT_ONCE = 10_000;

/** Conversations of the lists, the newest first, which know their customer best. */
export async function listConversationIds(
  db: Database,
  organizationId: string,
  before: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .select({ id: conversations.id })
    .from(conversations)
    .where(
      and(
        eq(conversations.organization_id, organizationId),
        before === null ? undefined : lt(conversations.id, before),
      ),
    )
    .orderBy(desc(conversations.id))
    .limit(limit);
  return rows.map(({ id }) => id);
}

export async function countConversations(db: Database, organizationId: string): Promise<number> {
  return db.$count(conversations, eq(conversations.organization_id, organizationId));
}

/** Which of these ids no list has. */
export async function missingOf(
  db: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<string[]> {
  const there = new Set<string>();
  for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
    const rows = await db
      .select({ id: conversations.id })
      .from(conversations)
      .where(
        and(
          eq(conversations.organization_id, organizationId),
          inArray(conversations.id, ids.slice(start, start + IDS_AT_ONCE)),
        ),
      );
    for (const { id } of rows) there.add(id);
  }
  return ids.filter((id) => !there.has(id));
}

/**
 * Conversations that the search has a document of, and no list has.
 *
 * @param after the number of the last document that was looked at
 * @returns `next`: the number from which to go on; null at the end
 */
export async function listMissingDocuments(
  db: Database,
  organizationId: string,
  after: number,
  limit: number,
): Promise<{ ids: string[]; next: number | null }> {
  const some = db
    .select({
      document: searchDocuments.document,
      organization_id: searchDocuments.organization_id,
      conversation_id: searchDocuments.conversation_id,
    })
    .from(searchDocuments)
    .where(gt(searchDocuments.document, after))
    .orderBy(searchDocuments.document)
    .limit(DOCUMENTS_AT_ONCE)
    .as('some');
  const [last] = await db.select({ document: max(some.document) }).from(some);
  const rows = await db
    .select({ document: some.document, id: some.conversation_id })
    .from(some)
    .leftJoin(
      conversations,
      and(
        eq(conversations.organization_id, some.organization_id),
        eq(conversations.id, some.conversation_id),
      ),
    )
    .where(and(eq(some.organization_id, organizationId), isNull(conversations.id)))
    .orderBy(some.document)
    .limit(limit);
  const next = rows.length === limit ? rows.at(-1)?.document : last?.document;
  return { ids: rows.map(({ id }) => id), next: next ?? null };
}
