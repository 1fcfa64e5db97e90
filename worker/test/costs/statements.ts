import { Connection } from '../../database/postgres.ts';
import type { Heard } from './explained.ts';

/**
 * Hears what is asked of Postgres, as `Meter` does for D1: at the prototype, so that it is the code
 * that is deployed which speaks. Postgres counts no rows by itself; `explained` asks it to.
 */
export class Statements {
  readonly #query = Connection.prototype.query;
  readonly #transaction = Connection.prototype.transaction;
  #heard: Heard[] = [];

  constructor() {
    const { query, transaction } = Connection.prototype;
    const hear = (statement: Heard) => this.#heard.push(statement);
    Connection.prototype.query = function (config, values = []) {
      hear({ sql: textOf(config), params: values });
      return query.call(this, config, values);
    };
    Connection.prototype.transaction = function (statements, isolation) {
      for (const statement of statements) hear(statement);
      return transaction.call(this, statements, isolation);
    };
  }

  /** What was heard since the last question. */
  take(): Heard[] {
    const statements = this.#heard;
    this.#heard = [];
    return statements;
  }

  stop(): void {
    Connection.prototype.query = this.#query;
    Connection.prototype.transaction = this.#transaction;
  }
}

function textOf(config: unknown): string {
  if (typeof config === 'string') return config;
  const isQuery = typeof config === 'object' && config !== null && 'text' in config;
  return isQuery ? String(config.text) : '';
}
