import { z } from 'zod';
import { type Message, sender, withoutActor } from '../../../protocol/conversation/message.ts';
import { conversationEvent } from '../../../protocol/events/index.ts';
import type { NoteMentions, Standing } from '../state/amendments.ts';
import { type Founding, isPublic, type State } from '../state/state.ts';
import {
  type Details,
  detailsOf,
  ENTRY,
  entryRow,
  eventOf,
  type FormerState,
  foundingRow,
  standingRow,
  toDetails,
  toFormerState,
  toState,
} from './log-rows.ts';
import { COLUMNS, CREATE, SCHEMA, STEPS, type TableMark } from './log-table.ts';
import { Tail } from './tail.ts';

/**
 * The conversation's log: its only table, and the only thing an object keeps.
 *
 * One row per message and nothing else: `seq` is the rowid, so there is no second index, and each
 * row carries the conversation's state after it, so the last row is all that is read to wake.
 * Row 0 is the founding. Where a resend must be recognised by its id, the ids are
 * read once per wake and kept in memory: a row read costs a thousandth of a row written.
 */

/** The part of a Durable Object's SQL (or of any SQLite) that the log needs. */
export type Sql = {
  exec(query: string, ...bindings: (string | number | null)[]): { toArray(): unknown[] };
};

/** An entry, and what the log still knows of the conversation before it. */
export type Entry = { message: Message; before: FormerState };

export class Log {
  readonly #sql: Sql;
  #seqOf: Map<string, number> | undefined;
  readonly #tail = new Tail();
  /** What row 0 says of the table; a later version may have made it. */
  #table: TableMark = { schema: SCHEMA };

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  /**
   * The founding and the state, when the object wakes; null where nobody created it. Writes only where
   * the table has an older schema.
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
    const { schema, works_from, ...fields } = foundingRow.parse(JSON.parse(first.body));
    for (const step of STEPS.slice(schema)) this.#sql.exec(step);
    this.#table = { schema: Math.max(schema, SCHEMA), ...(schema > SCHEMA && { works_from }) };
    if (schema < SCHEMA) this.keepFounding(fields);
    return { founding: fields, state: toState(last.state) };
  }

  /** Makes the table and its row 0. Call once, where `open` answered null. */
  create(founding: Founding, state: State): void {
    this.#sql.exec(CREATE);
    this.#sql.exec(
      `INSERT INTO messages (${COLUMNS}) VALUES (0, '', 'founding', '', ?, NULL, ?, 0, ?, NULL)`,
      JSON.stringify({ ...this.#table, ...founding }),
      founding.created_at,
      JSON.stringify(state),
    );
  }

  /** One row; durable before anything that is sent after it (the object's output gate). */
  append(message: Message, state: State): void {
    this.#sql.exec(
      `INSERT INTO messages (${COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
      message.seq,
      message.id,
      message.kind,
      JSON.stringify(message.sender),
      message.body,
      eventOf(message),
      message.sent_at,
      isPublic(message) ? 1 : 0,
      JSON.stringify(state),
      detailsOf(message),
    );
    this.#seqOf?.set(message.id, message.seq);
    this.#tail.add(message);
  }

  /** Replaces a message's text and details: what they were is gone. One row. */
  amend({ seq, body, ...rest }: Pick<Message, 'seq' | 'body'> & Details): void {
    this.#sql.exec(
      `UPDATE messages SET body = ?, details = ? WHERE seq = ?`,
      body,
      detailsOf(rest),
      seq,
    );
    this.#tail.clear();
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
      JSON.stringify({ ...this.#table, ...founding }),
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
    return this.#read('agent', `SELECT ${ENTRY} FROM messages WHERE seq = ?`, seq)[0] ?? null;
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

  /** What is left of the messages from and to the visitor that were not taken back. Reads the whole log. */
  standing(): Standing {
    return standingRow.parse(
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
             (SELECT said_by FROM standing
              WHERE said_by IN ('visitor', 'agent') ORDER BY seq DESC LIMIT 1) AS last_sender,
             settled.seq AS settled_seq,
             (SELECT sent_at FROM standing
              WHERE said_by = 'visitor' AND standing.seq > settled.seq ORDER BY seq LIMIT 1)
               AS question_at,
             coalesce((SELECT max(standing.seq) FROM standing WHERE said_by <> 'visitor'), 0)
               AS last_to_visitor_seq
           FROM settled`,
        )
        .toArray()[0],
    );
  }

  /** The notes that name somebody and were not taken back, in order. */
  noteMentions(): NoteMentions[] {
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
        mentions: toDetails(row.details).mentions ?? [],
      }));
  }

  /** Up to `limit` events after a seq, in order, each with what the log still knows of the state before it. */
  events(seq: number, limit: number): Entry[] {
    const rows = z.array(z.object({ seq: z.number(), before: z.string() })).parse(
      this.#sql
        .exec(
          `SELECT entry.seq, former.state AS before
           FROM messages AS entry JOIN messages AS former ON former.seq = entry.seq - 1
           WHERE entry.seq > max(?, 0) AND entry.kind = 'event' ORDER BY entry.seq LIMIT ?`,
          seq,
          limit,
        )
        .toArray(),
    );
    return rows.flatMap(({ seq, before }) => {
      const message = this.at(seq, 'agent');
      return message ? [{ message, before: toFormerState(before) }] : [];
    });
  }

  /** The number of the last entry from before a time (ISO 8601); 0 where there is none. */
  lastBefore(time: string): number {
    const [row] = z
      .array(z.object({ seq: z.number() }))
      .parse(
        this.#sql
          .exec(`SELECT seq FROM messages WHERE sent_at < ? ORDER BY seq DESC LIMIT 1`, time)
          .toArray(),
      );
    return row?.seq ?? 0;
  }

  /** Up to `limit` messages after a seq, in order; `visitor` leaves out what is private, and who did what. */
  after(seq: number, limit: number, reader: 'visitor' | 'agent'): Message[] {
    const newest = this.#tail.after(seq);
    if (newest) {
      const visible = reader === 'agent' ? newest : newest.filter(isPublic).map(withoutActor);
      return visible.slice(0, limit);
    }
    return this.#read(
      reader,
      `SELECT ${ENTRY} FROM messages
       WHERE seq > max(?, 0) AND public >= ? ORDER BY seq LIMIT ?`,
      seq,
      reader === 'visitor' ? 1 : 0,
      limit,
    );
  }

  /** The last `limit` messages before a seq, in order; `visitor` leaves out what is private, and who did what. */
  before(seq: number, limit: number, reader: 'visitor' | 'agent'): Message[] {
    return this.#read(
      reader,
      `SELECT ${ENTRY} FROM messages
       WHERE seq > 0 AND seq < ? AND public >= ? ORDER BY seq DESC LIMIT ?`,
      seq,
      reader === 'visitor' ? 1 : 0,
      limit,
    ).reverse();
  }

  #read(reader: 'visitor' | 'agent', query: string, ...bindings: number[]): Message[] {
    const rows = z.array(entryRow).parse(this.#sql.exec(query, ...bindings).toArray());
    return rows.map(({ sender: from, event, details: more, ...rest }) => {
      const message = {
        ...rest,
        sender: sender.parse(JSON.parse(from)),
        ...(more === null ? {} : toDetails(more)),
        ...(event === null ? {} : this.#event(event)),
      };
      return reader === 'agent' ? message : withoutActor(message);
    });
  }

  /**
   * An edit says what the message says now: what it said meanwhile is kept nowhere. An event that a
   * newer version wrote is left out, and its entry says it in English.
   */
  #event(text: string): Pick<Message, 'event'> {
    const json = JSON.parse(text);
    if (json.type === 'edited') {
      const [target] = z
        .array(z.object({ body: z.string() }))
        .parse(
          this.#sql.exec(`SELECT body FROM messages WHERE seq = ?`, Number(json.seq)).toArray(),
        );
      json.body = target?.body ?? '';
    }
    const { data } = conversationEvent.safeParse(json);
    return data ? { event: data } : {};
  }
}
