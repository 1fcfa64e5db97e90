import { log } from './log/log.ts';
import type { LogEvent, LogFields } from './log/log-fields.ts';

/**
 * What a caller of an object gets to know of a failure, and what the platform writes down of it by
 * itself. What it was stands in the object's own line of the log.
 */
class ObjectFailure extends Error {
  constructor() {
    super('The object failed; its log says how.');
    this.name = 'ObjectFailure';
  }
}

/**
 * Has every method of a Durable Object's class log what it throws, and throw nothing but an
 * ObjectFailure: the platform logs an uncaught error with its message, and a driver's message holds
 * values. Costs nothing where nothing is thrown.
 *
 * @param fields whose object it is
 */
export function shield<Instance extends object>(
  type: { prototype: Instance },
  event: LogEvent,
  fields: (instance: Instance) => LogFields,
): void {
  const { prototype } = type;
  for (const method of Object.getOwnPropertyNames(prototype)) {
    const descriptor = Object.getOwnPropertyDescriptor(prototype, method);
    const work: unknown = descriptor?.value;
    if (method === 'constructor' || typeof work !== 'function') continue;
    const failed = (instance: Instance, args: unknown[], error: unknown) => {
      if (error instanceof ObjectFailure) return error;
      log.error(event, { ...fields(instance), ...requestOf(args[0]), method, error });
      return new ObjectFailure();
    };
    Object.defineProperty(prototype, method, {
      ...descriptor,
      value(this: Instance, ...args: unknown[]) {
        try {
          const answer: unknown = Reflect.apply(work, this, args);
          if (!(answer instanceof Promise)) return answer;
          return answer.catch((error: unknown) => {
            throw failed(this, args, error);
          });
        } catch (error) {
          throw failed(this, args, error);
        }
      },
    });
  }
}

/** The request that a call is made for: whoever is named first brings its id. */
function requestOf(caller: unknown): Pick<LogFields, 'request'> {
  const request: unknown =
    typeof caller === 'object' && caller !== null ? Reflect.get(caller, 'request') : undefined;
  return typeof request === 'string' ? { request } : {};
}
