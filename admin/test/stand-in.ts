/**
 * An object that has only the members that a test gives it. Whatever else a component reads from it
 * throws an error with its name, so that no test passes on something undefined.
 */
export function standIn<Whole extends object>(members: Partial<Whole>): Whole {
  const proxy: unknown = new Proxy(members, {
    get(target, name, receiver) {
      if (Reflect.has(target, name)) return Reflect.get(target, name, receiver);
      // What Solid and the test runner ask of every object.
      if (typeof name === 'symbol' || name === 'then') return undefined;
      throw new Error(`The stand-in has no ${name}.`);
    },
  });
  return proxy as Whole;
}
