import { reportSetAside } from '../../conversation/projection/piecemeal-store.ts';
import { lostService } from '../../http/failures.ts';
import type { RowChange } from './call.ts';
import type { Failure } from './flush.ts';

/** What D1, Durable Objects and Postgres (53: insufficient resources) say when they have too much to do. */
const OVERLOADED =
  /overloaded|too many requests queued|too many clients|remaining connection slots/i;

/** What a flush's failure says: of an outage nothing is the fault of a statement (K8). */
export function classify(error: unknown): Failure {
  if (lostService(error) === null) return 'refused';
  return causes(error).some(({ message }) => OVERLOADED.test(message)) ? 'overloaded' : 'outage';
}

/** Tells the log of a change that the lists will not show. */
export function reportRow({ founding }: RowChange, error: unknown): void {
  reportSetAside(founding, { reason: 'refused_by_database', error });
}

/** The error with its causes, without drizzle's sentence, which repeats the statement's values. */
function causes(error: unknown): Error[] {
  const errors: Error[] = [];
  for (let cause = error; cause instanceof Error; cause = cause.cause) errors.push(cause);
  return errors.filter(({ message }) => !message.startsWith('Failed query'));
}
