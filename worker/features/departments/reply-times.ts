import type { Database } from '../../database/database.ts';
import { measureReply } from './reception-store.ts';

/** Milliseconds that an isolate goes by the reply times that it has measured. */
const BELIEVED_FOR = 10 * 60_000;

/**
 * Departments that one request measures at most: each is a query of 20 rows, and D1 allows a request 50
 * queries on the free plan. The others are measured with the next requests.
 */
const MEASURED_AT_ONCE = 20;

type Measurement = { seconds: number | null; until: number };

/** What was measured, and no measurement that is under way: a request must not wait for another's. */
const measured = new Map<string, Measurement>();

function current(id: string): Measurement | undefined {
  const measurement = measured.get(id);
  return measurement && measurement.until > Date.now() ? measurement : undefined;
}

/** Seconds in which a department usually answers; null where too few were answered to say. */
export async function replyTime(
  db: Database,
  organizationId: string,
  id: string,
): Promise<number | null> {
  const measurement = current(id);
  if (measurement) return measurement.seconds;
  const seconds = await measureReply(db, organizationId, id);
  measured.set(id, { seconds, until: Date.now() + BELIEVED_FOR });
  return seconds;
}

/**
 * The same of several departments, by their ids. Departments of which it is not known are left out.
 *
 * @param ids the most important first
 */
export async function replyTimes(
  db: Database,
  organizationId: string,
  ids: readonly string[],
): Promise<Map<string, number>> {
  const isNew = (id: string) => current(id) === undefined;
  const chosen = [
    ...ids.filter((id) => !isNew(id)),
    ...ids.filter(isNew).slice(0, MEASURED_AT_ONCE),
  ];
  const times = await Promise.all(
    chosen.map(async (id) => [id, await replyTime(db, organizationId, id)] as const),
  );
  return new Map(times.flatMap(([id, seconds]) => (seconds === null ? [] : [[id, seconds]])));
}
