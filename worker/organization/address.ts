import type { Env } from '../env.ts';

/**
 * The object that keeps an organization's agents live. The one place that names it, so that a
 * large organization can be split, by department, here.
 */
export function inboxOf(env: Env, organizationId: string) {
  return env.INBOXES.getByName(organizationId);
}
