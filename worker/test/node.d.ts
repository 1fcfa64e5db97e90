/** What the tests that run in Node alone use of it; the Worker's own types know nothing of Node. */

declare module 'node:sqlite' {
  export class DatabaseSync {
    constructor(path: string);
    exec(sql: string): void;
    prepare(sql: string): { all(...bindings: (string | number | null)[]): unknown[] };
  }
}

declare module 'node:process' {
  export const env: Record<string, string | undefined>;
}

declare module 'node:async_hooks' {
  export class AsyncLocalStorage<Store> {
    getStore(): Store | undefined;
    run<Value>(store: Store, work: () => Value): Value;
  }
}
