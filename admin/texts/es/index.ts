import type { Translation } from '../catalogue.ts';
import { common } from './common.ts';
import { errors, refusals } from './errors.ts';
import { profile } from './profile.ts';
import { session } from './session.ts';
import { times } from './times.ts';

/** Spanish. */
export const translation: Translation = {
  texts: { common, errors, profile, session, times },
  refusals,
};
