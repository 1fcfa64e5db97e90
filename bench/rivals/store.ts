import postgres from 'postgres';

/** What both rivals do with a message before they forward it: write one row, with one pool. */
export function openStore(url: string) {
  const sql = postgres(url);
  return {
    /** Resolves once the row is durable. A message that exists already changes nothing. */
    async insert(conversationId: string, id: string, body: string): Promise<void> {
      await sql`
        INSERT INTO messages (conversation_id, id, body)
        VALUES (${conversationId}, ${id}, ${body}) ON CONFLICT (id) DO NOTHING`;
    },
  };
}
