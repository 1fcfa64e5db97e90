import type { ERRORS } from '../../worker/kernel/errors.ts';
import type { t as commands } from './commands.ts';
import type { t as common } from './common.ts';
import type { t as empty } from './empty.ts';
import type { t as errors } from './errors.ts';
import type { t as inbox } from './inbox.ts';
import type { t as profile } from './profile.ts';
import type { t as session } from './session.ts';
import type { t as settings } from './settings.ts';
import type { t as start } from './start.ts';
import type { t as times } from './times.ts';
import type { t as triage } from './triage.ts';

/**
 * All texts of the dashboard, a part for each area. English stands in `admin/texts/<part>.ts`, every
 * other language in `admin/texts/<language>/<part>.ts`; the compiler finds a text that a language
 * lacks or that English no longer has.
 *
 * A component imports its part: `import { t } from '../../texts/session.ts'`, and shows `t.signIn`.
 *
 * To add a text, write it in English and in each language. To add a part, add its file to every
 * language, and name it here and in each language's index. To add a language, add its folder, its
 * tag to `LANGUAGES` (protocol/resources/preference-choices.ts), and its line in languages/speak.ts.
 *
 * A text with values is a function, so that each language chooses its own order and plural:
 * ``selected: (count: number) => `${count} selected` ``.
 */
export type Catalogue = {
  commands: typeof commands;
  common: typeof common;
  empty: typeof empty;
  errors: typeof errors;
  inbox: typeof inbox;
  profile: typeof profile;
  session: typeof session;
  settings: typeof settings;
  start: typeof start;
  times: typeof times;
  triage: typeof triage;
};

/**
 * A language other than English. The server refuses in English, so these languages have the
 * refusals' sentences by their codes.
 */
export type Translation = { texts: Catalogue; refusals: Record<keyof typeof ERRORS, string> };
