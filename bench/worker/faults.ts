/**
 * Injected faults: a database that fails and a clock that jumps. The Worker and its objects share one
 * isolate here, so plain variables reach all of them.
 */
const faults = {
  /** The share of database calls that fail, half of them after they took effect. */
  failing: 0,
  /** Whether the database does not answer at all. */
  away: false,
  /** Milliseconds that the clock is off. */
  skew: 0,
};

export function setFaults(change: Partial<typeof faults>): void {
  Object.assign(faults, change);
}

/** The methods of D1 that go over the network; the others prepare what goes. */
const CALLS = ['all', 'run', 'raw', 'first', 'batch', 'exec'];

/** The database behind a network with the faults of `faults`. */
export function faulty<Target extends object>(target: Target): Target {
  return new Proxy(target, {
    get(object, key) {
      const value: unknown = Reflect.get(object, key);
      if (typeof value !== 'function') return value;
      return (...args: unknown[]) => {
        const call = () => value.apply(object, args);
        if (CALLS.includes(String(key))) return attempt(call);
        const made: unknown = call();
        return typeof made === 'object' && made !== null ? faulty(made) : made;
      };
    },
  });
}

async function attempt(call: () => unknown): Promise<unknown> {
  const fails = faults.away || Math.random() < faults.failing;
  if (!fails) return call();
  // Either the request or its answer was lost.
  if (!faults.away && Math.random() < 0.5) await call();
  throw new Error('D1_ERROR: Network connection lost.');
}

/** Replaces this isolate's clock by one that is off by `faults.skew`. */
export function skewClock(): void {
  const Exact = Date;
  globalThis.Date = new Proxy(Exact, {
    construct: (_target, args) =>
      args.length === 0 ? new Exact(now()) : Reflect.construct(Exact, args),
    get: (target, key) => (key === 'now' ? now : Reflect.get(target, key)),
  });
  function now(): number {
    return Exact.now() + faults.skew;
  }
}
