import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Counts what a bill would: rows and requests, by the runtime's own counters. It listens at the
 * prototypes, so it hears every object and every statement of the isolate, also of objects that
 * were evicted, and what it measures is the code that is deployed.
 */

/** What is on a bill, and `event`, which is not: the end of a socket. */
type Kind = 'object row' | 'database row' | 'request' | 'frame' | 'alarm' | 'worker' | 'event';

export type Item = {
  kind: Kind;
  /** The statement, or the class and its method. */
  what: string;
  times: number;
  rowsWritten: number;
  rowsRead: number;
};

/** How many incoming frames are billed as one request. */
const FRAMES_A_REQUEST = 20;

/** Characters of a statement in the table. */
const WIDTH = 110;

/** A method as the runtime calls it: with whatever it takes. */
type Method = (this: unknown, ...args: unknown[]) => unknown;

/** What the runtime calls by itself; everything else on an object is a request. */
const CALLED: Record<string, Kind> = {
  webSocketMessage: 'frame',
  webSocketClose: 'event',
  webSocketError: 'event',
  alarm: 'alarm',
};

export class Meter {
  readonly #items = new Map<string, Item>();
  /** The object whose method runs: what it calls on itself is no request. */
  readonly #inside = new AsyncLocalStorage<unknown>();
  readonly #undo: (() => void)[] = [];

  /** Hears the statements and alarms of all objects, by way of one object's storage. */
  watchStorage(storage: DurableObjectStorage): void {
    this.#wrap(storage.sql, 'exec', (exec, self, args) => {
      const cursor = exec.apply(self, args);
      const item = this.#count('object row', String(args[0]));
      item.rowsWritten += numberIn(cursor, 'rowsWritten');
      this.#readAll(cursor, item);
      return cursor;
    });
    this.#wrap(storage, 'setAlarm', (setAlarm, self, args) => {
      // A row, says developers.cloudflare.com/durable-objects/platform/pricing.
      this.#count('object row', 'setAlarm').rowsWritten += 1;
      return setAlarm.apply(self, args);
    });
  }

  /** Hears the statements on D1, batches and raw reads too, where their results come in. */
  watchDatabase(database: D1Database): void {
    const session: unknown = Reflect.get(database, 'alwaysPrimarySession');
    this.#wrap(session, '_sendOrThrow', async (send, self, args) => {
      const answer = await send.apply(self, args);
      const statements = [args[1]].flat();
      for (const [index, result] of [answer].flat().entries()) {
        const item = this.#count('database row', String(statements[index]));
        const meta: unknown = isObject(result) ? result.meta : null;
        item.rowsWritten += numberIn(meta, 'rows_written');
        item.rowsRead += numberIn(meta, 'rows_read');
      }
      return answer;
    });
  }

  /** Hears what is asked of the objects of a class, and what comes over their sockets. */
  watchObjects(prototype: object): void {
    const name = prototype.constructor.name;
    for (const method of Object.getOwnPropertyNames(prototype)) {
      const value: unknown = Object.getOwnPropertyDescriptor(prototype, method)?.value;
      if (method === 'constructor' || !isMethod(value)) continue;
      this.#replace(prototype, method, (call, self, args) => {
        if (this.#inside.getStore() === self) return call.apply(self, args);
        this.#count(CALLED[method] ?? 'request', `${name}.${method}`);
        return this.#inside.run(self, () => call.apply(self, args));
      });
    }
  }

  /** Hears the requests to the Worker. */
  watchWorker(handler: object): void {
    this.#replace(handler, 'fetch', (fetch, self, args) => {
      const [request] = args;
      if (request instanceof Request) {
        const { pathname } = new URL(request.url);
        const route = pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, ':id');
        this.#count('worker', `${request.method} ${route}`);
      }
      return fetch.apply(self, args);
    });
  }

  /** Takes a statement off the bill: one that only the measuring needs. */
  forget(what: string): void {
    for (const [key, item] of this.#items) if (item.what === what) this.#items.delete(key);
  }

  /** Begins a new bill. */
  clear(): void {
    this.#items.clear();
  }

  /** Everything is as it was. */
  stop(): void {
    for (const undo of this.#undo.reverse()) undo();
    this.#undo.length = 0;
  }

  get items(): Item[] {
    return [...this.#items.values()];
  }

  /** What is billed. Rows are rows written where nothing else is said. */
  bill() {
    const sum = (kind: Kind, field: 'times' | 'rowsWritten' | 'rowsRead') =>
      this.items.reduce((all, item) => all + (item.kind === kind ? item[field] : 0), 0);
    const frames = sum('frame', 'times');
    return {
      objectRows: sum('object row', 'rowsWritten'),
      objectRowsRead: sum('object row', 'rowsRead'),
      databaseRows: sum('database row', 'rowsWritten'),
      databaseRowsRead: sum('database row', 'rowsRead'),
      alarmsSet: this.items.find(({ what }) => what === 'setAlarm')?.times ?? 0,
      objectRequests: sum('request', 'times') + sum('alarm', 'times') + frames / FRAMES_A_REQUEST,
      frames,
      workerRequests: sum('worker', 'times'),
    };
  }

  /** Each thing on the bill in a line, those that cost most first. */
  table(): string {
    const order = (item: Item) => item.rowsWritten * 1e6 + item.times * 1e3 + item.rowsRead;
    return this.items
      .sort((a, b) => (a.kind === b.kind ? order(b) - order(a) : a.kind < b.kind ? -1 : 1))
      .map(({ kind, what, times, rowsWritten, rowsRead }) => {
        const rows = kind.endsWith('row')
          ? `${String(rowsWritten).padStart(4)} written ${String(rowsRead).padStart(5)} read`
          : ''.padEnd(23);
        return `${kind.padEnd(12)} ${String(times).padStart(4)}×${rows}  ${what.slice(0, WIDTH)}`;
      })
      .join('\n');
  }

  #count(kind: Kind, text: string): Item {
    const what = text.replace(/\s+/g, ' ').trim();
    const key = `${kind} ${what}`;
    let item = this.#items.get(key);
    if (!item) {
      item = { kind, what, times: 0, rowsWritten: 0, rowsRead: 0 };
      this.#items.set(key, item);
    }
    item.times += 1;
    return item;
  }

  /** A cursor knows what it has read once it is at its end. */
  #readAll(cursor: unknown, item: Item): void {
    if (!isObject(cursor)) return;
    const { toArray } = cursor;
    if (typeof toArray !== 'function') return;
    cursor.toArray = () => {
      const rows: unknown = toArray.call(cursor);
      item.rowsRead += numberIn(cursor, 'rowsRead');
      return rows;
    };
  }

  /** Replaces a method where the instance's class has it, for all instances. */
  #wrap(instance: unknown, name: string, around: Around): void {
    let owner: unknown = instance;
    while (isObject(owner) && !Object.hasOwn(owner, name)) owner = Object.getPrototypeOf(owner);
    if (!isObject(owner)) throw new Error(`The runtime no longer has ${name}: nothing to count.`);
    this.#replace(owner, name, around);
  }

  #replace(owner: object, name: string, around: Around): void {
    const original: unknown = Reflect.get(owner, name);
    if (!isMethod(original)) throw new TypeError(`${name} is no method.`);
    Reflect.set(owner, name, function (this: unknown, ...args: unknown[]) {
      return around(original, this, args);
    });
    this.#undo.push(() => Reflect.set(owner, name, original));
  }
}

type Around = (original: Method, self: unknown, args: unknown[]) => unknown;

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function isMethod(value: unknown): value is Method {
  return typeof value === 'function';
}

function numberIn(value: unknown, name: string): number {
  const property: unknown = isObject(value) ? Reflect.get(value, name) : null;
  return typeof property === 'number' ? property : 0;
}
