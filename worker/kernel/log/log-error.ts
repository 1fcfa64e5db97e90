import type { ErrorFields } from './log-fields.ts';

/**
 * What the log says of an error: the names of its classes, a code, which query it was and where in
 * our source. Its message stays out, since drivers quote values in theirs, and so do the parameters
 * and the first lines of the stack, which repeat the message.
 */
export function describeError(thrown: unknown): ErrorFields {
  const chain = causes(thrown);
  const [outermost] = chain;
  const innermost = chain.at(-1);
  if (!outermost || !innermost) return { error: 'NotAnError' };
  const fields: ErrorFields = { error: nameOf(outermost) };
  if (innermost !== outermost) fields.cause = nameOf(innermost);
  const code = first(chain, codeOf);
  if (code) fields.code = code;
  const query = first(chain, queryOf);
  if (query) fields.query = query;
  const constraint = first(chain, constraintOf);
  if (constraint) fields.constraint = constraint;
  const where = first(chain, whereOf);
  if (where) fields.where = where;
  // An object threw it: what else is known of it stands in the object's own line.
  if (chain.some((error) => Reflect.get(error, 'remote') === true)) fields.remote = true;
  return fields;
}

const MAX_CAUSES = 5;

function causes(thrown: unknown): Error[] {
  const errors: Error[] = [];
  for (
    let error = thrown;
    error instanceof Error && errors.length < MAX_CAUSES;
    error = error.cause
  )
    errors.push(error);
  return errors;
}

function first<Value>(chain: Error[], read: (error: Error) => Value | null): Value | null {
  for (const error of chain) {
    const value = read(error);
    if (value !== null) return value;
  }
  return null;
}

/**
 * The class and not `name`, which is a property like any other; a DOMException's is from a list
 * (webidl.spec.whatwg.org/#idl-DOMException-error-names).
 */
function nameOf(error: Error): string {
  if (error instanceof DOMException) {
    return DOM_NAMES.includes(error.name) ? error.name : 'DOMException';
  }
  return error.constructor?.name ?? 'Error';
}

const DOM_NAMES = [
  'AbortError',
  'DataCloneError',
  'InvalidStateError',
  'NetworkError',
  'NotSupportedError',
  'OperationError',
  'QuotaExceededError',
  'TimeoutError',
];

/** What drivers say in words, by the words that they say it with. The words themselves stay out. */
const PHRASES: readonly [phrase: RegExp, code: string][] = [
  [/Network connection lost/i, 'network_lost'],
  [/overloaded/i, 'overloaded'],
  [/timed? ?out|timeout exceeded/i, 'timeout'],
  [/Durable Object reset|code was updated/i, 'object_reset'],
  [/Connection terminated|Connection ended/i, 'connection_ended'],
  [/no such table/i, 'no_such_table'],
  [/no such column/i, 'no_such_column'],
  [/UNIQUE constraint failed/, 'SQLITE_CONSTRAINT_UNIQUE'],
  [/FOREIGN KEY constraint failed/, 'SQLITE_CONSTRAINT_FOREIGNKEY'],
  [/NOT NULL constraint failed/, 'SQLITE_CONSTRAINT_NOTNULL'],
  [/CHECK constraint failed/, 'SQLITE_CONSTRAINT_CHECK'],
  [/cannot store \w+ value in \w+ column/, 'SQLITE_CONSTRAINT_DATATYPE'],
  [/SQLITE_BUSY/, 'SQLITE_BUSY'],
  [/SQLITE_FULL|storage.*full|exceeded.*storage/i, 'SQLITE_FULL'],
  [/SQLITE_TOOBIG|string or blob too big/, 'SQLITE_TOOBIG'],
  [/SQLITE_READONLY/, 'SQLITE_READONLY'],
  [/SQLITE_ERROR/, 'SQLITE_ERROR'],
  [/^D1_ERROR/, 'd1_error'],
];

const CODE = /^(?:[0-9A-Z]{5}|E[A-Z]{3,15}|E(?:RR)?_[A-Z_]{2,50})$/;

function codeOf(error: Error): string | null {
  const code: unknown = Reflect.get(error, 'code');
  if (typeof code === 'string' && CODE.test(code)) return code;
  // The catalogue's code: a refusal is told by it.
  if (nameOf(error) === 'FoyerError' && typeof code === 'string') return code;
  // Drizzle's message repeats the statement's values, which may be any words.
  if (error.message.startsWith('Failed query')) return null;
  const bucket = /\((\d{5})\)$/.exec(error.message)?.[1];
  if (bucket) return `r2_${bucket}`;
  return PHRASES.find(([phrase]) => phrase.test(error.message))?.[1] ?? null;
}

/** Verbs and tables of the statements, where the error knows them: drizzle's does, and ours. */
function queryOf(error: Error): string | null {
  const query: unknown = Reflect.get(error, 'query');
  return typeof query === 'string' ? nameQuery(query) : null;
}

/** Each statement as its verb and the first table that it names; statements are split at `;\n`. */
export function nameQuery(sql: string): string {
  return sql
    .split(';\n')
    .map((statement) => {
      const verb = /^[\s(]*(select|insert|update|delete|with)\b/i
        .exec(statement)?.[1]
        ?.toLowerCase();
      const table = TABLE[verb ?? '']?.exec(statement)?.[1];
      return `${verb ?? 'other'} ${table ?? 'unknown'}`;
    })
    .join(', ');
}

const TABLE: Record<string, RegExp> = {
  select: /\bfrom ["`]?([a-z_]{1,40})/i,
  with: /\bfrom ["`]?([a-z_]{1,40})/i,
  insert: /^\s*insert (?:or \w+ )?into ["`]?([a-z_]{1,40})/i,
  update: /^\s*update ["`]?([a-z_]{1,40})/i,
  delete: /^\s*delete from ["`]?([a-z_]{1,40})/i,
};

function constraintOf(error: Error): string | null {
  const constraint: unknown = Reflect.get(error, 'constraint');
  return typeof constraint === 'string' ? constraint : null;
}

const FRAMES = 3;

/** The nearest functions of the stack. Its head is the message, which may look like frames. */
function whereOf(error: Error): string | null {
  const { stack = '', message } = error;
  const at = stack.indexOf(message);
  // Where the message was changed afterwards, nobody can say where it ends.
  if (at === -1) return null;
  const frames = stack.slice(at + message.length).matchAll(FRAME);
  const lines: string[] = [];
  for (const { groups } of frames) {
    const { name = '<module>', file = '', line = '' } = groups ?? {};
    if (/node_modules|^node:|cloudflare-internal|drizzle-orm/.test(file)) continue;
    const base = file.split(/[/\\]/).at(-1)?.replace(/\?.*$/, '') ?? '';
    lines.push(`${name} ${base}:${line}`);
    if (lines.length === FRAMES) break;
  }
  return lines.length > 0 ? lines.join(' < ') : null;
}

const FRAME =
  /^\s+at (?:async )?(?:(?:new )?(?<name>[\w$#.<>]{1,80})(?: \[as \w+\])? \()?(?<file>[^()\n]{1,500}?):(?<line>\d+):\d+\)?$/gm;
