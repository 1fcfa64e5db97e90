import type { LiveKind, LiveRecord } from '../../protocol/resources/live.ts';
import { type MemberRole, memberRole } from '../../protocol/resources/member.ts';
import { RESOURCES, type Resource } from '../../protocol/resources/resources.ts';
import { type Action, may } from '../auth/permissions.ts';
import type { Database } from '../database/database.ts';
import type { Env } from '../env.ts';
import { organizationObject } from '../organization/address.ts';
import type { ChangePart } from '../organization/agents/setting-change.ts';
import { afterwards } from './afterwards.ts';
import { type AdminContext, databaseOf } from './context.ts';
import { reportFailure } from './failures.ts';
import { lists, type SharedKind } from './live-lists.ts';

/** What a role needs to read the kinds that are no resources. */
const READ: Record<Exclude<LiveKind, Resource>, Action> = {
  team: 'members.read',
  invitations: 'members.manage',
  identity_secrets: 'identity.manage',
};

const isResource = (what: LiveKind): what is Resource => what in RESOURCES;

/** The roles that may read a kind of record. */
export function readersOf(what: LiveKind): MemberRole[] {
  const action: Action = isResource(what) ? `${what}.read` : READ[what];
  return memberRole.options.filter((role) => may(role, action));
}

/** The organization whose dashboards are dashboards, and the request that changed something. */
export type Dashboards = {
  env: Env;
  db: Database;
  organizationId: string;
  executionCtx: AdminContext['executionCtx'];
};

/** The dashboards of the caller's organization. */
export function dashboardsOf(context: AdminContext): Dashboards {
  const { env, executionCtx, var: vars } = context;
  const organizationId = vars.agent.organization_id;
  return { env, db: databaseOf(context), organizationId, executionCtx };
}

/**
 * Tells open dashboards what changed. To be called after the write: the change gets its number first,
 * and `read` runs after that (ChangeVersions says why). The dashboards are told after the answer.
 *
 * @param read the records as they are now, for everybody or in parts; its failure does not fail the
 *   request, whose write is done: then the dashboards load the list
 * @returns the number, for the answer; undefined if the organization's object could not be reached
 */
export async function publish<Kind extends LiveKind>(
  { env, organizationId, executionCtx }: Dashboards,
  what: Kind,
  read: () => Promise<readonly ChangePart<Kind>[]>,
): Promise<number | undefined> {
  const object = organizationObject(env, organizationId);
  // It is told again below, which reports the failure.
  const version = await object.nextVersion(what).catch(() => undefined);
  const parts = await read().catch((error: unknown) => {
    reportFailure(error);
    return null;
  });
  const telling =
    version === undefined
      ? object.announce(what)
      : object.tellChange({ what, version, readers: readersOf(what), parts });
  afterwards({ executionCtx }, telling);
  return version;
}

/**
 * Tells open dashboards of changed records that all readers of the kind see alike: those with these ids,
 * or those that fit. An id that the list no longer has was removed.
 *
 * @returns the records as they are now, and the number of the change
 */
export async function publishRecords<Kind extends SharedKind>(
  dashboards: Dashboards,
  what: Kind,
  changed: readonly string[] | ((record: LiveRecord<Kind>) => boolean),
): Promise<{ items: readonly LiveRecord<Kind>[]; version: number | undefined }> {
  let items: readonly LiveRecord<Kind>[] = [];
  const version = await publish(dashboards, what, async () => {
    const all = await lists[what](dashboards.db, dashboards.organizationId);
    const fits =
      typeof changed === 'function' ? changed : ({ id }: { id: string }) => changed.includes(id);
    items = all.filter(fits);
    const removed =
      typeof changed === 'function'
        ? []
        : changed.filter((id) => !items.some((item) => item.id === id));
    return [{ items, removed }];
  });
  return { items, version };
}

/** Has dashboards of the version before load a list again. Those of this version have nothing to do. */
export async function publishNothing(dashboards: Dashboards, what: LiveKind): Promise<void> {
  await publish(dashboards, what, async () => []);
}
