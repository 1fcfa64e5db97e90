import type { Env } from '../env.ts';
import { PROBLEMS, type ProblemCode } from '../kernel/problems.ts';

/** The bindings of which an installation has exactly one: DB is D1, HYPERDRIVE is Postgres. */
type Bindings = Pick<Env, 'DB' | 'HYPERDRIVE'>;

type DatabaseProblem = Extract<ProblemCode, 'no_database' | 'two_databases'>;

/** What is wrong with the bindings of the database; null when nothing is. */
export function databaseProblem({ DB, HYPERDRIVE }: Bindings): DatabaseProblem | null {
  if (!DB !== !HYPERDRIVE) return null;
  return DB ? 'two_databases' : 'no_database';
}

/** The same as a sentence that is safe to show. */
export function misconfiguration(bindings: Bindings): string | null {
  const problem = databaseProblem(bindings);
  return problem && PROBLEMS[problem][1];
}
