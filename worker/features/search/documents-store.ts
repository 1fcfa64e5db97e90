import { and, desc, eq, lt, type SQL, sql } from 'drizzle-orm';
import type { IndexedText } from '../../../protocol/resources/search.ts';
import { databaseKind, tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';
import { type ConversationRow, itsCustomer } from '../conversations/store/rows.ts';
import type { WidgetCustomerRow } from '../customers/store.ts';

const { conversations, searchDocuments, widgetCustomers } = tables;

/** Documents that are looked at for a page: all that fit as the index sees it. */
const LOOKED_AT = 60;

export type Found = {
  document: number;
  texts: IndexedText[];
  conversation: ConversationRow;
  customer: WidgetCustomerRow | null;
};

/**
 * The condition that the index finds a document.
 *
 * @param query what `queryTerms` makes
 */
export function isFoundBy(query: string): SQL {
  return databaseKind === 'postgres'
    ? sql`${searchDocuments.terms} @@ ${query}::tsquery`
    : sql`search_documents MATCH ${query}`;
}

/** Documents that the index finds, newest first, and the last one looked at if there may be more. */
export async function documentsWith(
  db: Database,
  organizationId: string,
  query: string,
  before: number | null,
  within: SQL | undefined,
): Promise<{ rows: Found[]; last: number | null }> {
  const candidates = db
    .select({
      document: searchDocuments.document,
      conversation_id: searchDocuments.conversation_id,
      texts: searchDocuments.texts,
    })
    .from(searchDocuments)
    .where(
      and(
        isFoundBy(query),
        eq(searchDocuments.organization_id, organizationId),
        before === null ? undefined : lt(searchDocuments.document, before),
      ),
    )
    .orderBy(desc(searchDocuments.document))
    .limit(LOOKED_AT)
    .as('candidates');
  const looked = await db
    .select({
      document: candidates.document,
      texts: candidates.texts,
      conversation: conversations,
      customer: widgetCustomers,
    })
    .from(candidates)
    .leftJoin(
      conversations,
      and(
        eq(conversations.organization_id, organizationId),
        eq(conversations.id, candidates.conversation_id),
        within,
      ),
    )
    .leftJoin(widgetCustomers, itsCustomer)
    .orderBy(desc(candidates.document));
  const rows = looked.flatMap(({ conversation, ...row }) =>
    conversation ? [{ ...row, conversation }] : [],
  );
  const last = looked.length === LOOKED_AT ? (looked.at(-1)?.document ?? null) : null;
  return { rows, last };
}
