import type { By } from '../activity/row.ts';

/** For stores that record what they do: done by Foyer itself. */
export function byFoyer(organization_id: string): By {
  return { organization_id, actor: { kind: 'system', cause: 'unknown' } };
}
