import { openDatabase } from '../../database/database.ts';
import type { Env } from '../../env.ts';
import { toOrigin } from '../../http/headers/origins.ts';
import { log } from '../../kernel/log/log.ts';
import { organizationObject } from '../../organization/address.ts';
import { isInstallNotedLately, noteInstalled, type Widget } from '../settings/store.ts';

/**
 * Notes that a widget was opened on a website, for whoever set it up and wonders whether it is
 * there. Once a day at most, so that it is no record of visits, and costs a row a day.
 *
 * @param page where the frame says that it is; the origins that are allowed were checked
 * @param own Foyer's own origin: its previews and its test page are no website
 */
export async function noteInstallation(
  env: Env,
  { organization_id, seen_at }: Widget,
  page: string | null | undefined,
  own: string,
): Promise<void> {
  const site = toOrigin(page);
  const now = new Date();
  if (!site?.startsWith('http') || site === own || isInstallNotedLately(seen_at, now)) return;
  try {
    if (!(await noteInstalled(openDatabase(env), organization_id, site, now))) return;
    await organizationObject(env, organization_id).announce('settings');
  } catch (error) {
    log.warn('sighting_not_noted', { organization: organization_id, error });
  }
}
