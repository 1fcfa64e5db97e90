import { AsyncLocalStorage } from 'node:async_hooks';

/**
 * Measures how long objects are awake, by which their duration is billed: from the first event until no
 * call, answer of the database or of another object, or timer is pending. It wraps the classes, bindings
 * and timers, so it measures the code that is deployed.
 */

/** Milliseconds awake and the number of objects that were, by kind. */
export type Awake = Record<Kind, { milliseconds: number; objects: number }>;
type Kind = 'conversation' | 'organization';

/** A method as the runtime calls it. */
type Method = (this: { ctx: { id: unknown } }, ...args: unknown[]) => unknown;

/** One object and its pending work. */
class Sleeper {
  readonly kind: Kind;
  #underWay = 0;
  #since = 0;
  #spent = 0;

  constructor(kind: Kind) {
    this.kind = kind;
  }

  begin(): void {
    if (this.#underWay === 0) this.#since = Date.now();
    this.#underWay += 1;
  }

  end(): void {
    this.#underWay -= 1;
    if (this.#underWay === 0) this.#spent += Date.now() - this.#since;
  }

  /** Counts work as pending until it is done. */
  during<Value>(work: () => Value): Value {
    this.begin();
    try {
      const value = current.run(this, work);
      if (!isThenable(value)) {
        this.end();
        return value;
      }
      const end = () => this.end();
      value.then(end, end);
      return value;
    } catch (error) {
      this.end();
      throw error;
    }
  }

  /** Milliseconds since the last question. */
  take(): number {
    const spent = this.#spent;
    this.#spent = 0;
    return spent;
  }
}

const current = new AsyncLocalStorage<Sleeper>();
const sleepers = new Map<string, Sleeper>();

/** The measurements since the last question. */
export function readAwake(): Awake {
  const totals: Awake = {
    conversation: { milliseconds: 0, objects: 0 },
    organization: { milliseconds: 0, objects: 0 },
  };
  for (const sleeper of sleepers.values()) {
    const spent = sleeper.take();
    if (spent === 0) continue;
    totals[sleeper.kind].milliseconds += spent;
    totals[sleeper.kind].objects += 1;
  }
  return totals;
}

/** Counts every method of a class of objects that the runtime or a caller may call. */
export function watchClass({ prototype }: { prototype: object }, kind: Kind): void {
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
    const work: Method | undefined = descriptor?.value;
    if (name === 'constructor' || typeof work !== 'function') continue;
    Object.defineProperty(prototype, name, {
      ...descriptor,
      value(this: { ctx: { id: unknown } }, ...args: unknown[]) {
        return sleeperOf(`${this.ctx.id}`, kind).during(() => work.apply(this, args));
      },
    });
  }
}

/** Counts timers for the object that set them: one keeps it awake. */
export function watchTimers(): void {
  const ends = new Map<unknown, () => void>();
  globalThis.setTimeout = new Proxy(globalThis.setTimeout, {
    apply(set, self, [work, ...rest]: [() => void, ...unknown[]]) {
      const sleeper = current.getStore();
      if (!sleeper) return Reflect.apply(set, self, [work, ...rest]);
      sleeper.begin();
      const timer = Reflect.apply(set, self, [
        () => {
          ends.get(timer)?.();
          sleeper.during(work);
        },
        ...rest,
      ]);
      ends.set(timer, () => {
        ends.delete(timer);
        sleeper.end();
      });
      return timer;
    },
  });
  globalThis.clearTimeout = new Proxy(globalThis.clearTimeout, {
    apply(clear, self, [timer]: [unknown]) {
      ends.get(timer)?.();
      return Reflect.apply(clear, self, [timer]);
    },
  });
}

/** Objects whose answers are waited for, counted for the object that waits. */
export function watchNamespace<Namespace extends object>(namespace: Namespace): Namespace {
  return new Proxy(namespace, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const made: unknown = Reflect.apply(value, target, args);
        return key === 'getByName' || key === 'get' ? watchCalls(made) : made;
      };
    },
  });
}

function watchCalls(stub: unknown): unknown {
  if (typeof stub !== 'object' || stub === null) return stub;
  return new Proxy(stub, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => waited(() => Reflect.apply(value, target, args));
    },
  });
}

/** The methods of D1 that go over the network; the others prepare what goes. */
const CALLS = ['all', 'run', 'raw', 'first', 'batch', 'exec'];

/** A database whose answers take so many milliseconds, counted for the object that waits. */
export function slow<Target extends object>(target: Target, milliseconds: number): Target {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = () => value.apply(object, args);
        if (CALLS.includes(String(key))) {
          return waited(async () => {
            await scheduler.wait(milliseconds);
            return call();
          });
        }
        const made: unknown = call();
        return typeof made === 'object' && made !== null ? slow(made, milliseconds) : made;
      };
    },
  });
}

function waited<Value>(work: () => Value): Value {
  const sleeper = current.getStore();
  return sleeper ? sleeper.during(work) : work();
}

function sleeperOf(id: string, kind: Kind): Sleeper {
  let sleeper = sleepers.get(id);
  if (!sleeper) {
    sleeper = new Sleeper(kind);
    sleepers.set(id, sleeper);
  }
  return sleeper;
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === 'object' &&
    value !== null &&
    'then' in value &&
    typeof value.then === 'function'
  );
}
