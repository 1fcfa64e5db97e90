import type { Env } from '../env.ts';
import { readLocation } from '../kernel/location.ts';

/**
 * The object that keeps an organization's agents live. The one place that names it, so that a
 * large organization can be split, by department, here. Whoever asks for it first has it created, in
 * FOYER_LOCATION or else near them; where it is does not change afterwards.
 */
export function organizationObject({ INBOXES, FOYER_LOCATION }: Env, organizationId: string) {
  const locationHint = readLocation(FOYER_LOCATION);
  return INBOXES.getByName(organizationId, locationHint && { locationHint });
}
