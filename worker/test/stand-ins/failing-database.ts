import { env } from 'cloudflare:workers';
import { vi } from 'vitest';
import { Connection } from '../../database/postgres.ts';

/**
 * Has chosen statements of the whole Worker fail, those of the objects too, on either database: as the
 * drivers fail, who repeat the values in what they throw.
 */
export class FailingDatabase {
  /** Statements since the last `begin`. */
  count = 0;
  #failing: (number: number) => boolean = () => false;

  /** Call once a test; `vi.restoreAllMocks` ends it. */
  install(): void {
    if (env.HYPERDRIVE) {
      this.#wrap(Connection.prototype, 'query', postgresError);
      this.#wrap(Connection.prototype, 'transaction', postgresError);
      return;
    }
    this.#wrap(
      Object.getPrototypeOf(Reflect.get(env.DB, 'alwaysPrimarySession')),
      '_sendOrThrow',
      d1Error,
    );
  }

  /** Counts from the start; the statements with the chosen numbers (from 1) fail. */
  begin(failing: (number: number) => boolean = () => false): void {
    this.count = 0;
    this.#failing = failing;
  }

  #wrap(target: object, method: string, fail: (args: unknown[]) => Error): void {
    const work: unknown = Reflect.get(target, method);
    if (typeof work !== 'function') throw new Error(`There is no ${method}.`);
    const count = () => {
      this.count += 1;
      return this.#failing(this.count);
    };
    const wrapped = async function wrapped(this: unknown, ...args: unknown[]): Promise<unknown> {
      if (count()) throw fail(args);
      return Reflect.apply(work, this, args);
    };
    Reflect.set(target, method, wrapped);
    undo.push(() => Reflect.set(target, method, work));
  }

  end(): void {
    for (const back of undo.splice(0)) back();
    vi.restoreAllMocks();
  }
}

const undo: (() => void)[] = [];

/** A mistake and not an outage, so that each is told. */
function d1Error(args: unknown[]): Error {
  return new Error(`D1_ERROR: CHECK constraint failed: ${JSON.stringify(args)}: SQLITE_CONSTRAINT`);
}

function postgresError(args: unknown[]): Error {
  const values = JSON.stringify(args);
  return Object.assign(new Error(`new row violates check constraint: ${values}`), {
    severity: 'ERROR',
    code: '23514',
    detail: `Failing row contains (${values}).`,
    constraint: 'conversations_closed',
  });
}
