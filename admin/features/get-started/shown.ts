import { preferences } from '../profile/preferences.ts';
import type { Me } from '../session/api.ts';

/** Whether the first steps are shown: to owners and admins, until they are done or dismissed. */
export const showsGetStarted = (me: Pick<Me, 'role'>): boolean =>
  me.role !== 'agent' && preferences.get_started;
