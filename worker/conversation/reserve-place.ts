import { isDuplicate, openDatabase } from '../database/database.ts';
import type { Env } from '../env.ts';
import { reserve } from '../features/conversations/store/one.ts';
import type { Founding } from './state/founding.ts';

/**
 * Reserves the place of an open conversation for one that its visitor is about to reopen.
 *
 * @returns false where the visitor has another one open in the department
 */
export async function reservePlace(env: Env, founding: Founding | undefined): Promise<boolean> {
  if (!founding) return false;
  try {
    const { organization_id, id } = founding;
    await reserve(openDatabase(env), organization_id, id, { reopened: true });
    return true;
  } catch (error) {
    if (isDuplicate(error)) return false;
    throw error;
  }
}
