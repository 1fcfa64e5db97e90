import type { Env } from '../env.ts';
import { organizationObject } from './address.ts';

/**
 * Changes settings that conversations need. The organization's object is told before and
 * after: should the Worker die in between, its alarm reads what is set.
 */
export async function changePolicy<Value>(
  env: Env,
  organizationId: string,
  write: () => Promise<Value>,
): Promise<Value> {
  const inbox = organizationObject(env, organizationId);
  await inbox.expectPolicy(organizationId);
  const value = await write();
  await inbox.refreshPolicy(organizationId);
  return value;
}
