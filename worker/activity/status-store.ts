import { type Database, writeAll } from '../database/database.ts';
import { recordRows } from './batch-store.ts';
import { activityRow } from './row.ts';

/** A change of an agent's status: `online`, `away` or `offline`. */
type StatusChange = {
  /** A UUID v7 of the time of the change. */
  id: string;
  person: { id: string; name: string };
  before: string;
  after: string;
};

/** Writes changes of agents' status. One that is there already stays as it is. */
export async function recordStatusChanges(
  db: Database,
  organization_id: string,
  changes: readonly StatusChange[],
): Promise<void> {
  const rows = changes.map(({ id, person, before, after }) => {
    const by = { organization_id, actor: { kind: 'agent', ...person } as const };
    const row = activityRow(by, {
      kind: 'member.status_changed',
      subject: person,
      before: { status: before },
      after: { status: after },
    });
    return { ...row, id };
  });
  const write = recordRows(db, rows);
  if (write) await writeAll(db, [write]);
}
