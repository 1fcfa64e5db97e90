import { DatabaseSync } from 'node:sqlite';
import type { Sql } from '../../conversation/log/log.ts';

/** An object's disk for tests that run in Node: real SQLite, in memory, that can be full. */
export class Disk implements Sql {
  readonly #database = new DatabaseSync(':memory:');
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  /** Every statement that was run, in order. */
  readonly ran: string[] = [];
  /** Fails the inserts to come, until it is false again. */
  full = false;

  exec(query: string, ...bindings: (string | number | null)[]): { toArray(): unknown[] } {
    if (this.full && query.startsWith('INSERT')) throw new Error('database or disk is full');
    this.ran.push(query);
    let statement = this.#statements.get(query);
    if (!statement) {
      statement = this.#database.prepare(query);
      this.#statements.set(query, statement);
    }
    const rows = statement.all(...bindings);
    return { toArray: () => rows };
  }
}
