import { reportSetAside } from '../../conversation/projection/piecemeal-store.ts';
import { lostService, reportFailure } from '../../http/failures.ts';
import { outages } from '../../kernel/log/outages.ts';
import type { Failure } from './flush.ts';
import type { Failures } from './group-commit.ts';

/** What D1, Durable Objects and Postgres (53: insufficient resources) say when they have too much to do. */
const OVERLOADED =
  /overloaded|too many requests queued|too many clients|remaining connection slots/i;

/** What a flush's failure says: of an outage nothing is the fault of a statement (K8). */
function classify(error: unknown): Failure {
  if (lostService(error) === null) return 'refused';
  return causes(error).some(({ message }) => OVERLOADED.test(message)) ? 'overloaded' : 'outage';
}

/** What the configured database fails with, told to the log. */
export const databaseFailures: Failures = {
  classify,
  setAside: ({ founding }, error) =>
    reportSetAside(founding, { reason: 'refused_by_database', error }),
  failed: ({ founding }, error) =>
    reportFailure(error, { organization: founding.organization_id, conversation: founding.id }),
  worked: ({ founding }) => outages.worked('database', { organization: founding.organization_id }),
};

/** The error with its causes, without drizzle's sentence, which repeats the statement's values. */
function causes(error: unknown): Error[] {
  const errors: Error[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) errors.push(cause);
  return errors.filter(({ message }) => !message.startsWith('Failed query'));
}
