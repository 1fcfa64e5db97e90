import { eq } from 'drizzle-orm';
import { tables } from '../../database/configured.ts';
import type { Database } from '../../database/database.ts';

const { widgetSettings } = tables;

/** Whether the organization asks everybody for a check before a conversation begins. */
export async function asksEverybody(db: Database, organizationId: string): Promise<boolean> {
  const [row] = await db
    .select({ human_check: widgetSettings.human_check })
    .from(widgetSettings)
    .where(eq(widgetSettings.organization_id, organizationId));
  return row?.human_check === 'always';
}
