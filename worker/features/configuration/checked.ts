import type { MiddlewareHandler } from 'hono';
import type { Env } from '../../env.ts';
import { isLoopback } from '../../http/headers/public-url.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { dueLine } from '../../kernel/log/line-limit.ts';
import { log } from '../../kernel/log/log.ts';
import { levelOf, PROBLEMS, type ProblemCode } from '../../kernel/problems.ts';
import { findProblems } from './configuration.ts';

/** The configuration of this isolate: its bindings are the same object for each request. */
const problemsByEnv = new WeakMap<Env, readonly ProblemCode[]>();

/**
 * What is wrong with the configuration. Looks once in the life of an isolate, and writes one line to
 * the log with all that it found.
 */
export function problemsOf(env: Env, request: Request): readonly ProblemCode[] {
  const before = problemsByEnv.get(env);
  if (before) return before;
  const problems = findProblems(env, isLoopback(request));
  problemsByEnv.set(env, problems);
  const [worst] = problems;
  if (worst) {
    const level = { error: 'error', warning: 'warn', off: 'info' } as const;
    log[level[levelOf(worst)]]('misconfigured', { reasons: problems });
  }
  return problems;
}

/** Looks at the configuration with the first request. */
export const checkConfiguration: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  problemsOf(context.env, context.req.raw);
  await next();
};

/** Without these nothing can be served: what must be signed would be signed with a key that all know. */
const REFUSING: readonly ProblemCode[] = [
  'secret_missing',
  'secret_short',
  'objects_missing',
  'limits_missing',
];

/**
 * Lets nothing through where the configuration lacks what every route of the API needs. A missing
 * database is not among it: open chats go on without one.
 *
 * @throws FoyerError unavailable, with a sentence for the person who runs the installation
 */
export const requireConfiguration: MiddlewareHandler<{ Bindings: Env }> = async (context, next) => {
  const missing = problemsOf(context.env, context.req.raw).filter((code) =>
    REFUSING.includes(code),
  );
  const [first] = missing;
  if (first) {
    const due = dueLine('misconfigured');
    if (due) log.error('misconfigured', { reasons: missing, ...due });
    throw unavailable(first);
  }
  await next();
};

/** The refusal that a problem leads to. */
export function unavailable(code: ProblemCode): FoyerError {
  const [, sentence] = PROBLEMS[code];
  return new FoyerError('unavailable', {
    message: `${sentence} docs/deploy.md says how to set up Foyer.`,
  });
}
