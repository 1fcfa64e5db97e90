import type { DatabaseSync } from 'node:sqlite';
import type { Client } from 'pg';
import { documentTerms } from '../../drizzle/search/terms.ts';
import type { IndexedText } from '../../protocol/resources/search.ts';

/** The search documents of ended conversations: their texts and the words in the index. */

/** `document` is its number in the index. */
export type Ended = { organizationId: string; conversationId: string; document: number };

/** Words that people use; the first ones often, as in any language. */
const VOCABULARY = 20_000;

/** A conversation of so many messages, each of about eight words, chosen by `seed`. */
export function talk(seed: number, messages: number): IndexedText[] {
  let state = (seed + 1) * 2_654_435_761;
  const random = () => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state / 2 ** 32;
  };
  return Array.from({ length: messages }, (_, index) => ({
    seq: index + 1,
    by: index % 2 ? ('agent' as const) : ('visitor' as const),
    name: index % 2 ? 'Amos Burton' : null,
    note: false,
    sent_at: new Date(1_767_225_600_000 + index * 30_000).toISOString(),
    text: Array.from({ length: 8 }, () => wordOf(Math.floor(VOCABULARY ** random()))).join(' '),
  }));
}

/** The vocabulary's words, of four letters and more. */
function wordOf(number: number): string {
  const letters = number.toString(26).replace(/\d/g, (digit) => 'qrstuvwxyz'[Number(digit)] ?? '');
  return `w${letters}${letters.length < 3 ? 'ing' : ''}`;
}

const CUSTOMER = ['Ada Byron', 'ada.byron@mail.example', null];

export function addToSqlite(database: DatabaseSync, all: Iterable<Ended>, messages: number): void {
  const add = database.prepare(
    `INSERT INTO search_documents (rowid, organization_id, conversation_id, version, texts, terms)
     VALUES (?, ?, ?, 20, ?, ?)`,
  );
  for (const { organizationId, conversationId, document } of all) {
    const texts = talk(document, messages);
    const terms = documentTerms('d1', organizationId, { texts, customer: CUSTOMER });
    add.run(BigInt(document), organizationId, conversationId, JSON.stringify(texts), terms);
  }
}

/** Rows of one statement. */
const BATCH = 500;

export async function addToPostgres(
  client: Client,
  all: Iterable<Ended>,
  messages: number,
): Promise<void> {
  let batch: Ended[] = [];
  const flush = async () => {
    const talks = batch.map(({ document }) => talk(document, messages));
    const terms = batch.map(({ organizationId }, index) =>
      documentTerms('postgres', organizationId, { texts: talks[index] ?? [], customer: CUSTOMER }),
    );
    await client.query(
      `INSERT INTO search_documents
         (organization_id, document, conversation_id, version, texts, terms)
       SELECT o, d, c, 20, t, w::tsvector
       FROM unnest($1::uuid[], $2::bigint[], $3::uuid[], $4::jsonb[], $5::text[])
         AS rows (o, d, c, t, w)`,
      [
        batch.map(({ organizationId }) => organizationId),
        batch.map(({ document }) => document),
        batch.map(({ conversationId }) => conversationId),
        talks.map((texts) => JSON.stringify(texts)),
        terms,
      ],
    );
    batch = [];
  };
  for (const ended of all) {
    batch.push(ended);
    if (batch.length === BATCH) await flush();
  }
  if (batch.length > 0) await flush();
}
