import { and, desc, eq, inArray } from 'drizzle-orm';
import { documentNumber } from '../../../drizzle/search/document-number.ts';
import { marksOf, type Phrase, parseQuery } from '../../../drizzle/search/query.ts';
import { snippet } from '../../../drizzle/search/snippet.ts';
import { wordsOf } from '../../../drizzle/search/words.ts';
import type { VisitorConversationItem } from '../../../protocol/resources.ts';
import type { IndexedText } from '../../../protocol/search.ts';
import { conversations, departments, searchDocuments } from '../configured.ts';
import type { Database } from '../database.ts';
import { ofCustomer } from './lists.ts';
import { itsDepartment, toVisitorItem } from './rows.ts';

/** A visitor's newest conversations, which are looked through as they are; D1 binds 100 values. */
const LOOKED_THROUGH = 90;

/**
 * A visitor's own conversations in which every phrase was said, newest first: their messages and
 * those of agents, never a note. What was found stands in place of the last message's preview. One
 * that is open, or ended this moment, is found by its last message alone.
 */
export async function searchForVisitor(
  db: Database,
  organizationId: string,
  customerIds: readonly string[],
  q: string,
): Promise<VisitorConversationItem[]> {
  const phrases = parseQuery(q);
  if (phrases.length === 0) return [];
  const rows = await db
    .select({ conversation: conversations, department_name: departments.name })
    .from(conversations)
    .innerJoin(departments, itsDepartment)
    .where(ofCustomer(organizationId, ...customerIds))
    .orderBy(desc(conversations.created_at), desc(conversations.id))
    .limit(LOOKED_THROUGH);
  if (rows.length === 0) return [];
  const documents = await db
    .select({ id: searchDocuments.conversation_id, texts: searchDocuments.texts })
    .from(searchDocuments)
    .where(
      and(
        eq(searchDocuments.organization_id, organizationId),
        inArray(
          searchDocuments.document,
          rows.map(({ conversation: { id } }) => documentNumber(id)),
        ),
      ),
    );
  const said = new Map(documents.map(({ id, texts }) => [id, texts]));
  return rows.flatMap((row) => {
    const item = toVisitorItem(row);
    const texts = (said.get(item.id) ?? [])
      .filter(({ note }: IndexedText) => !note)
      .map(({ text }) => text);
    const found = bestOf(
      [...texts, item.last_message_preview ?? '', item.department.name],
      phrases,
    );
    return found === null ? [] : [{ ...item, last_message_preview: found }];
  });
}

/** The text with the most phrases, around the first; null unless each phrase is in some text. */
function bestOf(texts: readonly string[], phrases: readonly Phrase[]): string | null {
  const missing = new Set(phrases);
  let best: { text: string; found: number } | null = null;
  for (const text of texts) {
    const words = wordsOf(text);
    const found = phrases.filter((phrase) => marksOf(words, phrase).length > 0);
    for (const phrase of found) missing.delete(phrase);
    if (found.length > (best?.found ?? 0)) best = { text, found: found.length };
  }
  return best && missing.size === 0 ? snippet(best.text, phrases).text : null;
}
