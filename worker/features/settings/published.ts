import type { Database } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import type { AdminContext } from '../../http/context.ts';
import { dashboardsOf, publish } from '../../http/publish.ts';
import { FoyerError } from '../../kernel/errors.ts';
import { humanCheckOf } from '../human-check/config.ts';
import { readSettings } from './store.ts';

/** The settings after a change, for the answer and for open dashboards. */
export async function published(context: AdminContext) {
  const dashboards = dashboardsOf(context);
  let settings: Awaited<ReturnType<typeof read>> | undefined;
  const version = await publish(dashboards, 'settings', async () => {
    settings = await read(dashboards.env, dashboards.db, dashboards.organizationId);
    return [{ items: [settings], removed: [] }];
  });
  return {
    settings: settings ?? (await read(dashboards.env, dashboards.db, dashboards.organizationId)),
    version,
  };
}

/** The settings as owners see them. @throws FoyerError not_found */
export async function read(env: Env, db: Database, organizationId: string) {
  const settings = await readSettings(db, organizationId);
  if (!settings) throw new FoyerError('not_found');
  return { ...settings, human_check_available: humanCheckOf(env) !== undefined };
}
