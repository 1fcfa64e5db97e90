import { AsyncLocalStorage } from 'node:async_hooks';
import { describeError } from './log-error.ts';
import { EVENTS, type LogEvent, type LogFields, SHAPES } from './log-fields.ts';

/**
 * The one way in which Foyer logs: a line of JSON, made of the keys and shapes of log-fields.ts and of
 * nothing else. No text that a person wrote and no driver's message can be in it; see log-fields.ts.
 *
 * @example
 * log.error('mail_failed', { mail: 'password', error });
 * // {"at":"2026-11-28T20:00:00.000Z","level":"error","event":"mail_failed","request":"8f…-FRA",
 * //  "route":"POST /api/password/forgotten","mail":"password","error":"Error","where":"sendMail send.ts:31"}
 */
export type Logger = {
  info(event: LogEvent, fields?: Said): void;
  warn(event: LogEvent, fields?: Said): void;
  error(event: LogEvent, fields?: Said): void;
  /** The same with fields that each of its lines has. */
  with(fields: LogFields | (() => LogFields)): Logger;
};

/** `error`: anything that was thrown. */
type Said = LogFields & { error?: unknown };

type Level = 'info' | 'warn' | 'error';

/** What every line of a request says. */
const current = new AsyncLocalStorage<LogFields>();

/** Runs `work`; each line that is logged in it, also after awaiting, has these fields. */
export function logged<Value>(fields: LogFields, work: () => Value): Value {
  return current.run({ ...fields }, work);
}

/** Adds to the fields of the request under way, as they become known. */
export function note(fields: LogFields): void {
  const context = current.getStore();
  if (context) Object.assign(context, fields);
}

/** What is known of the request under way, for work that its answer does not wait for. */
export function requestFields(): LogFields {
  return { ...current.getStore() };
}

/** The id of the request under way. */
export function requestId(): string | undefined {
  return current.getStore()?.request;
}

export const log: Logger = loggerWith(() => ({}));

function loggerWith(own: () => LogFields): Logger {
  return {
    info: (event, fields) => write('info', event, own(), fields),
    warn: (event, fields) => write('warn', event, own(), fields),
    error: (event, fields) => write('error', event, own(), fields),
    with: (fields) =>
      loggerWith(() => ({ ...own(), ...(typeof fields === 'function' ? fields() : fields) })),
  };
}

function write(level: Level, event: LogEvent, own: LogFields, extra: Said = {}): void {
  const { error, ...fields } = extra;
  const all = {
    ...current.getStore(),
    ...own,
    ...fields,
    ...('error' in extra && describeError(error)),
  };
  const line = toLine(level, event, new Date(), all);
  if (level === 'error') console.error(line);
  else if (level === 'warn') console.warn(line);
  else console.log(line);
}

/** The line as it is written. Keys that are not listed are left out; values that do not fit are named so. */
export function toLine(level: Level, event: string, at: Date, fields: object): string {
  const knownEvent = EVENTS.some((item) => item === event) ? event : 'unfit';
  const line: Record<string, unknown> = { at: at.toISOString(), level, event: knownEvent };
  const values = new Map<string, unknown>(Object.entries(fields));
  for (const [key, fits] of Object.entries(SHAPES)) {
    const value = values.get(key);
    if (value !== undefined && value !== null) line[key] = fits(value) ? value : 'unfit';
  }
  return JSON.stringify(line);
}
