import { z } from 'zod';
import { conversationStatus, mention, priority } from '../../protocol/conversation.ts';
import {
  closedReason,
  conversationEvent,
  type Message,
  message,
  rating,
  sender,
} from '../../protocol/message.ts';
import type { Naming, Standing } from './amended.ts';
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

/**
 * Raised with each migration of the table; row 0 carries the one it was written with.
 *
 * 1: seq, id, kind, sender, body, event, sent_at, public, state
 * 2: details: what else a message has, as JSON
 */
const SCHEMA = 2;

const person = z.object({ id: z.string(), name: z.string() }).nullable();

const state = z.object({
  version: z.number(),
  department_id: z.string(),
  status: conversationStatus,
  // What has a default here came after the first conversations.
  shelf: z.enum(['open', 'snoozed', 'closed']).optional(),
  assignee: person,
  closed_reason: closedReason.nullable(),
  priority,
  snoozed_until: z.string().nullable(),
  label_ids: z.array(z.string()).default([]),
  mentions: z.array(mention).default([]),
  rating: rating.nullable().default(null),
  ratings: z.number().optional(),
  last_seq: z.number(),
  last_public_seq: z.number(),
  last_message_seq: z.number().default(0),
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
});

function toState(text: string): State {
  const { shelf, ...rest } = state.parse(JSON.parse(text));
  return { ...rest, shelf: shelf ?? (rest.closed_at ? 'closed' : 'open') };
}

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
  blocked: z.boolean().optional(),
  revoked_before: z.number().optional(),
  record: z
    .object({
      pre_chat_data: z.record(z.string(), z.string()),
      page_url: z.string().nullable(),
      referrer: z.string().nullable(),
      phone: z.string().nullable(),
      external_id: z.string().nullable(),
    })
    .optional(),
});

/** What a message may have beside its text. */
const details = message.pick({ file: true, mentions: true, edited_at: true, deleted_at: true });
type Details = z.infer<typeof details>;

const standing = z.object({
  first_response_at: z.string().nullable(),
  last_sender: z.enum(['visitor', 'agent']).nullable(),
  settled_seq: z.number(),
  asked_at: z.string().nullable(),
});

const row = z.object({
  seq: z.number(),
  id: z.string(),
  kind: message.shape.kind,
  sender: z.string(),
  body: z.string(),
  event: z.string().nullable(),
  sent_at: z.string(),
  details: z.string().nullable(),
});

const MESSAGE = 'seq, id, kind, sender, body, event, sent_at, details';

export class Log {
  readonly #sql: Sql;
  #seqOf: Map<string, number> | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * What the object knows when it wakes; null when nobody created it. Writes nothing, but where the
   * table is of an older schema.
   */
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
    const { schema, ...kept } = founding.parse(JSON.parse(first.body));
    if (schema < 2) this.#sql.exec(`ALTER TABLE messages ADD COLUMN details TEXT`);
    if (schema < SCHEMA) this.keepFounding(kept);
    return { founding: kept, state: toState(last.state) };
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
         state TEXT NOT NULL,
         details TEXT
       ) STRICT`,
    );
    this.#sql.exec(
      `INSERT INTO messages VALUES (0, '', 'founding', '', ?, NULL, ?, 0, ?, NULL)`,
      JSON.stringify({ schema: SCHEMA, ...founding }),
      founding.created_at,
      JSON.stringify(state),
    );
  }

  /** One row; durable before anything that is sent after it (the object's output gate). */
  append(message: Message, state: State): void {
    this.#sql.exec(
      `INSERT INTO messages VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.seq,
      message.id,
      message.kind,
      JSON.stringify(message.sender),
      message.body,
      message.event ? JSON.stringify(withoutText(message.event)) : null,
      message.sent_at,
      isPublic(message) ? 1 : 0,
      JSON.stringify(state),
      detailsOf(message),
    );
    this.#seqOf?.set(message.id, message.seq);
  }

  /** Replaces a message's text and details: what they were is gone. One row. */
  amend({ seq, body, ...rest }: Pick<Message, 'seq' | 'id' | 'body'> & Details): void {
    this.#sql.exec(
      `UPDATE messages SET body = ?, details = ? WHERE seq = ?`,
      body,
      detailsOf(rest),
      seq,
    );
  }

  /**
   * Forgets the states before the last one that show a message's text as the last. They are read no
   * more; what was taken back must not stay in them.
   */
  forgetPreviews(seq: number, lastSeq: number): void {
    this.#sql.exec(
      `UPDATE messages SET state = '{}'
       WHERE seq >= ?1 AND seq < ?2 AND json_extract(state, '$.last_message_seq') = ?1`,
      seq,
      lastSeq,
    );
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

  /** When the entry of that number was written, ISO 8601. */
  sentAt(seq: number): string | null {
    const [row] = z
      .array(z.object({ sent_at: z.string() }))
      .parse(this.#sql.exec(`SELECT sent_at FROM messages WHERE seq = ?`, seq).toArray());
    return row?.sent_at ?? null;
  }

  /** The message of that number, if this reader may see it. */
  at(seq: number, reader: 'visitor' | 'agent'): Message | null {
    return this.after(seq - 1, 1, reader).find((message) => message.seq === seq) ?? null;
  }

  /** The ids of the files that messages carry. */
  files(): string[] {
    return z
      .array(z.object({ id: z.string() }))
      .parse(
        this.#sql
          .exec(
            `SELECT json_extract(details, '$.file.id') AS id FROM messages
             WHERE kind = 'file' AND json_extract(details, '$.file.id') IS NOT NULL`,
          )
          .toArray(),
      )
      .map(({ id }) => id);
  }

  /** What still stands of what was said to the visitor and by them. Reads the whole log. */
  standing(): Standing {
    return standing.parse(
      this.#sql
        .exec(
          `WITH standing AS (
             SELECT seq, sent_at, json_extract(sender, '$.kind') AS said_by FROM messages
             WHERE kind IN ('text', 'file')
             AND (details IS NULL OR json_extract(details, '$.deleted_at') IS NULL)
           ), settled AS (
             SELECT max(
               coalesce((SELECT max(seq) FROM standing WHERE said_by = 'agent'), 0),
               coalesce((SELECT max(seq) FROM messages
                         WHERE json_extract(event, '$.type') = 'closed'), 0)
             ) AS seq
           )
           SELECT
             (SELECT sent_at FROM standing WHERE said_by = 'agent' ORDER BY seq LIMIT 1)
               AS first_response_at,
             (SELECT said_by FROM standing ORDER BY seq DESC LIMIT 1) AS last_sender,
             settled.seq AS settled_seq,
             (SELECT sent_at FROM standing
              WHERE said_by = 'visitor' AND standing.seq > settled.seq ORDER BY seq LIMIT 1)
               AS asked_at
           FROM settled`,
        )
        .toArray()[0],
    );
  }

  /** The notes that name somebody and were not taken back, in order. */
  namings(): Naming[] {
    return z
      .array(z.object({ seq: z.number(), details: z.string() }))
      .parse(
        this.#sql
          .exec(
            `SELECT seq, details FROM messages
             WHERE kind = 'note' AND json_extract(details, '$.mentions') IS NOT NULL
             ORDER BY seq`,
          )
          .toArray(),
      )
      .map((row) => ({
        seq: row.seq,
        mentions: details.parse(JSON.parse(row.details)).mentions ?? [],
      }));
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
    return rows.map(({ sender: from, event, details: more, ...rest }) => ({
      ...rest,
      sender: sender.parse(JSON.parse(from)),
      ...(event === null ? {} : { event: this.#event(event) }),
      ...(more === null ? {} : details.parse(JSON.parse(more))),
    }));
  }

  /** An edit says what the message says now: what it said meanwhile is kept nowhere. */
  #event(text: string) {
    const json = JSON.parse(text);
    if (json.type !== 'edited') return conversationEvent.parse(json);
    const [target] = z
      .array(z.object({ body: z.string() }))
      .parse(this.#sql.exec(`SELECT body FROM messages WHERE seq = ?`, Number(json.seq)).toArray());
    return conversationEvent.parse({ ...json, body: target?.body ?? '' });
  }
}

function withoutText(event: NonNullable<Message['event']>): object {
  if (event.type !== 'edited') return event;
  const { body: _, ...rest } = event;
  return rest;
}

function detailsOf({ file, mentions, edited_at, deleted_at }: Details): string | null {
  const found = { file, mentions, edited_at, deleted_at };
  return Object.values(found).some((value) => value !== undefined) ? JSON.stringify(found) : null;
}
