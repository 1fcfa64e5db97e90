import { z } from 'zod';
import type { Sql } from '../conversation/log/log.ts';
import { WATCHED, watch } from './agents/socket-memory.ts';

/** Milliseconds after which a session is over in any case: a day more than agents' sessions last. */
const FORGET_AFTER = 31 * 24 * 60 * 60_000;

/** Milliseconds after which a row that says the same is written again, so that it is not forgotten. */
const RENEW_AFTER = 24 * 60 * 60_000;

const row = z.object({ conversations: z.string() });
const ids = z.array(z.string());

/**
 * What sessions watch that have no socket at the inbox: one row a session. Made when first needed;
 * an organization whose agents use the dashboard writes here only as they leave.
 */
export class Unattended {
  readonly #sql: Sql;
  #exists: boolean | undefined;

  constructor(sql: Sql) {
    this.#sql = sql;
  }

  add(userId: string, sessionId: string, conversationIds: readonly string[]): void {
    if (!this.#hasTable()) {
      this.#sql.exec(
        `CREATE TABLE watching (
           session_id TEXT PRIMARY KEY,
           user_id TEXT NOT NULL,
           conversations TEXT NOT NULL,
           updated_at INTEGER NOT NULL
         ) STRICT, WITHOUT ROWID`,
      );
      this.#exists = true;
    }
    // A dropped connection comes back to the conversations that it had: a read, and no row.
    const renewed = Date.now() - RENEW_AFTER;
    const recent = this.#read(`session_id = ? AND updated_at > ?`, sessionId, renewed);
    if (conversationIds.every((id) => recent.includes(id))) return;
    this.#sql.exec(`DELETE FROM watching WHERE updated_at < ?`, Date.now() - FORGET_AFTER);
    let list: string[] = this.#read(`session_id = ?`, sessionId);
    for (const id of conversationIds) list = watch(list, id).watching;
    this.#sql.exec(
      `INSERT INTO watching VALUES (?, ?, ?, ?)
       ON CONFLICT (session_id) DO UPDATE
       SET conversations = excluded.conversations, updated_at = excluded.updated_at`,
      sessionId,
      userId,
      JSON.stringify(list.slice(0, WATCHED)),
      Date.now(),
    );
  }

  /** What the agent, or one session of theirs, watches; and forgets it. */
  take(userId: string, sessionId: string | null): string[] {
    if (!this.#hasTable()) return [];
    const [where, key] =
      sessionId === null ? ['user_id = ?', userId] : ['session_id = ?', sessionId];
    const watched = this.#read(where, key);
    this.#sql.exec(`DELETE FROM watching WHERE ${where}`, key);
    return watched;
  }

  /** @param where without values, so that the runtime prepares each statement once */
  #read(where: string, ...values: (string | number)[]): string[] {
    const rows = z
      .array(row)
      .parse(
        this.#sql.exec(`SELECT conversations FROM watching WHERE ${where}`, ...values).toArray(),
      );
    return rows.flatMap(({ conversations }) => ids.parse(JSON.parse(conversations)));
  }

  #hasTable(): boolean {
    this.#exists ??=
      this.#sql
        .exec(`SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'watching'`)
        .toArray().length > 0;
    return this.#exists;
  }
}
