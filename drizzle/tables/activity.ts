import { sql } from 'drizzle-orm';
import type { Actor } from '../../protocol/conversation/actor.ts';
import type { ActivityValues } from '../../protocol/resources/activity.ts';
import type { Kit } from '../kit.ts';
import type { organizationTables } from './organizations.ts';

/** The activity log: actor, action, time and subject. */
export function activityTables(kit: Kit, { organizations }: ReturnType<typeof organizationTables>) {
  const activity = kit.table(
    'activity',
    {
      organization_id: kit.id(),
      /** UUID v7: its first 48 bits are the time, so that one key pages, filters by time and deletes. */
      id: kit.id(),
      area: kit.text().notNull(),
      kind: kit.text().notNull(),
      actor: kit.json<Actor>().notNull(),
      /** The actor's; null where Foyer itself did it. */
      actor_id: kit.uuid(),
      subject_type: kit.text(),
      subject_id: kit.uuid(),
      /** What it was called then. Never a visitor's name. */
      subject_name: kit.text(),
      /** The fields of ACTIVITY_KINDS alone. */
      before: kit.json<ActivityValues>(),
      after: kit.json<ActivityValues>(),
    },
    (table) => [
      kit.primaryKey({ columns: [table.organization_id, table.id] }),
      // One for each filter: a page reads as many rows at ten thousand as at a million. They make an
      // activity four rows; those of Foyer itself, or about nothing, have fewer.
      kit.index('activity_area').on(table.organization_id, table.area, table.id),
      kit
        .index('activity_actor')
        .on(table.organization_id, table.actor_id, table.id)
        .where(sql`${table.actor_id} IS NOT NULL`),
      kit
        .index('activity_subject')
        .on(table.organization_id, table.subject_id, table.id)
        .where(sql`${table.subject_id} IS NOT NULL`),
      kit
        .foreignKey({
          name: 'activity_organization',
          columns: [table.organization_id],
          foreignColumns: [organizations.id],
        })
        .onDelete('cascade'),
    ],
  );
  return { activity };
}
