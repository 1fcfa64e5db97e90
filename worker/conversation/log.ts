import { z } from 'zod';
import { conversationStatus, priority } from '../../protocol/conversation.ts';
import { closedReason, conversationEvent, type Message, sender } from '../../protocol/message.ts';
import { type Founding, isPublic, type State } from './state.ts';

/**
 * The conversation's log: its only table, and the only thing an object keeps.
 *
 * One row per message and nothing else: `seq` is the rowid, so there is no second index, and each
 * row carries the conversation's state after it, so the last row is all that is read to wake.
 * Row 0 says whose conversation it is. Where a resend must be recognised by its id, the ids are
 * read once per wake and kept in memory: a row read costs a thousandth of a row written.
 */

/** The part of a Durable Object's SQL (or of any SQLite) that the log needs. */
export type Sql = {
  exec(query: string, ...bindings: (string | number | null)[]): { toArray(): unknown[] };
};

/** Raised with each migration of the table; row 0 carries the one it was written with. */
const SCHEMA = 1;

const person = z.object({ id: z.string(), name: z.string() }).nullable();

const state = z.object({
  version: z.number(),
  department_id: z.string(),
  status: conversationStatus,
  assignee: person,
  closed_reason: closedReason.nullable(),
  priority,
  snoozed_until: z.string().nullable(),
  last_seq: z.number(),
  last_public_seq: z.number(),
  last_message_preview: z.string().nullable(),
  last_message_at: z.string().nullable(),
  last_sender: z.enum(['visitor', 'agent']).nullable(),
  activity_at: z.string(),
  message_count: z.number(),
  agent_read_seq: z.number(),
  visitor_read_seq: z.number(),
  waiting_since: z.string().nullable(),
  first_response_at: z.string().nullable(),
  closed_at: z.string().nullable(),
}) satisfies z.ZodType<State>;

const founding = z.object({
  schema: z.number().max(SCHEMA),
  id: z.string(),
  organization_id: z.string(),
  widget_customer_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  visitor_id: z.string(),
  customer: z.object({ full_name: z.string().nullable(), email: z.string().nullable() }),
  department_id: z.string(),
  previous_conversation_id: z.string().nullable(),
  created_at: z.string(),
});

const row = z.object({
  seq: z.number(),
  id: z.string(),
  kind: z.enum(['text', 'note', 'event']),
  sender: z.string(),
  body: z.string(),
  event: z.string().nullable(),
  sent_at: z.string(),
});

const MESSAGE = 'seq, id, kind, sender, body, event, sent_at';

export class Log {
  readonly #sql: Sql;
  #seqOf: Map<string, number> | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /** What the object knows when it wakes; null when nobody created it. Writes nothing. */
  open(): { founding: Founding; state: State } | null {
    const [table] = this.#sql
      .exec(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'messages'`)
      .toArray();
    if (!table) return null;
    const rows = z.array(z.object({ body: z.string(), state: z.string() })).parse(
      this.#sql
        .exec(
          `SELECT body, state FROM messages WHERE seq = 0
           UNION ALL
           SELECT * FROM (SELECT body, state FROM messages ORDER BY seq DESC LIMIT 1)`,
        )
        .toArray(),
    );
    const first = rows[0];
    const last = rows.at(-1);
    if (!first || !last) return null;
    const { schema: _, ...kept } = founding.parse(JSON.parse(first.body));
    return { founding: kept, state: state.parse(JSON.parse(last.state)) };
  }

  /** Makes the table and its row 0. Call once, where `open` answered null. */
  create(founding: Founding, state: State): void {
    this.#sql.exec(
      `CREATE TABLE messages (
         seq INTEGER PRIMARY KEY,
         id TEXT NOT NULL,
         kind TEXT NOT NULL,
         sender TEXT NOT NULL,
         body TEXT NOT NULL,
         event TEXT,
         sent_at TEXT NOT NULL,
         public INTEGER NOT NULL,
         state TEXT NOT NULL
       ) STRICT`,
    );
    this.#sql.exec(
      `INSERT INTO messages VALUES (0, '', 'founding', '', ?, NULL, ?, 0, ?)`,
      JSON.stringify({ schema: SCHEMA, ...founding }),
      founding.created_at,
      JSON.stringify(state),
    );
  }

  /** One row; durable before anything that is sent after it (the object's output gate). */
  append(message: Message, state: State): void {
    this.#sql.exec(
      `INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.seq,
      message.id,
      message.kind,
      JSON.stringify(message.sender),
      message.body,
      message.event ? JSON.stringify(message.event) : null,
      message.sent_at,
      isPublic(message) ? 1 : 0,
      JSON.stringify(state),
    );
    this.#seqOf?.set(message.id, message.seq);
  }

  /** Keeps a state that changed without a message: read marks, the priority. One row. */
  keepState(state: State): void {
    this.#sql.exec(
      `UPDATE messages SET state = ? WHERE seq = ?`,
      JSON.stringify(state),
      state.last_seq,
    );
  }

  /** Keeps a founding row that changed: the customer gave a name or an address. One row. */
  keepFounding(founding: Founding): void {
    this.#sql.exec(
      `UPDATE messages SET body = ? WHERE seq = 0`,
      JSON.stringify({ schema: SCHEMA, ...founding }),
    );
  }

  /** The message of that id, for a resend (P4). */
  find(id: string): Message | null {
    this.#seqOf ??= new Map(
      z
        .array(z.object({ seq: z.number(), id: z.string() }))
        .parse(this.#sql.exec(`SELECT seq, id FROM messages WHERE seq > 0`).toArray())
        .map((row) => [row.id, row.seq]),
    );
    const seq = this.#seqOf.get(id);
    if (seq === undefined) return null;
    return this.#read(`SELECT ${MESSAGE} FROM messages WHERE seq = ?`, seq)[0] ?? null;
  }

  /** Up to `limit` messages after a seq, in order; `visitor` leaves out what is private. */
  after(seq: number, limit: number, reader: 'visitor' | 'agent'): Message[] {
    return this.#read(
      `SELECT ${MESSAGE} FROM messages
       WHERE seq > max(?, 0) AND public >= ? ORDER BY seq LIMIT ?`,
      seq,
      reader === 'visitor' ? 1 : 0,
      limit,
    );
  }

  /** The last `limit` messages before a seq, in order; `visitor` leaves out what is private. */
  before(seq: number, limit: number, reader: 'visitor' | 'agent'): Message[] {
    return this.#read(
      `SELECT ${MESSAGE} FROM messages
       WHERE seq > 0 AND seq < ? AND public >= ? ORDER BY seq DESC LIMIT ?`,
      seq,
      reader === 'visitor' ? 1 : 0,
      limit,
    ).reverse();
  }

  #read(query: string, ...bindings: number[]): Message[] {
    const rows = z.array(row).parse(this.#sql.exec(query, ...bindings).toArray());
    return rows.map(({ sender: from, event, ...rest }) => ({
      ...rest,
      sender: sender.parse(JSON.parse(from)),
      ...(event === null ? {} : { event: conversationEvent.parse(JSON.parse(event)) }),
    }));
  }
}
