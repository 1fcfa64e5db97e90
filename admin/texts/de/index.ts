import type { Translation } from '../catalogue.ts';
import { commands } from './commands.ts';
import { common } from './common.ts';
import { empty } from './empty.ts';
import { errors, refusals } from './errors.ts';
import { inbox } from './inbox.ts';
import { profile } from './profile.ts';
import { session } from './session.ts';
import { settings } from './settings.ts';
import { start } from './start.ts';
import { times } from './times.ts';
import { triage } from './triage.ts';

/** German. */
export const translation: Translation = {
  texts: {
    commands,
    common,
    empty,
    errors,
    inbox,
    profile,
    session,
    settings,
    start,
    times,
    triage,
  },
  refusals,
};
