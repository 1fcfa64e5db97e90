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

/** Objects that are asked for one question: as many departments as one talks to at once. */
const ASKED = 4;

/**
 * A visitor's own conversations in which every phrase was said, newest first: their messages and
 * those of agents, never a note. What was found stands in place of the last message's preview.
 *
 * @param saidIn the texts of a conversation that is not in the index: an open one, or one that ended
 *   this moment. It is asked for the newest few of them; others are found by their last message alone.
 */
export async function searchForVisitor(
  db: Database,
  organizationId: string,
  customerIds: readonly string[],
  q: string,
  saidIn: (id: string) => Promise<string[]>,
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
  const said = new Map(documents.map(({ id, texts }) => [id, publicTexts(texts)]));
  const unknown = rows.map(({ conversation: { id } }) => id).filter((id) => !said.has(id));
  const asked = unknown.slice(0, ASKED);
  for (const [index, texts] of (await Promise.all(asked.map(saidIn))).entries()) {
    said.set(asked[index] ?? '', texts);
  }
  return rows.flatMap((row) => {
    const item = toVisitorItem(row);
    const texts = said.get(item.id) ?? [];
    const found = bestOf(
      [...texts, item.last_message_preview ?? '', item.department.name],
      phrases,
    );
    return found === null ? [] : [{ ...item, last_message_preview: found }];
  });
}

const publicTexts = (texts: readonly IndexedText[]) =>
  texts.filter(({ note }) => !note).map(({ text }) => text);

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
