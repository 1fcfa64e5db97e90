import type { Database } from '../../database/database.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { hasSchedule } from './store.ts';

/** @throws FoyerError validation_failed where the organization has no such schedule */
export async function requireSchedule(
  db: Database,
  organizationId: string,
  scheduleId: string,
): Promise<void> {
  if (await hasSchedule(db, organizationId, scheduleId)) return;
  throw new FoyerError('validation_failed', {
    fields: { scheduleId: "This schedule doesn't exist." },
  });
}
