import { Hono } from 'hono';
import { z } from 'zod';
import { withMark } from '../../../protocol/resources/preference-choices.ts';
import {
  afterClosing,
  awayAfter,
  languageChoice,
  notifyOf,
  theme,
} from '../../../protocol/resources/preferences.ts';
import { me as own } from '../../../protocol/resources/team.ts';
import { authDeps } from '../../auth/deps.ts';
import { type AdminEnv, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { personName } from '../../http/input/fields.ts';
import { uuid } from '../../http/input/params.ts';
import { validated } from '../../http/input/validated.ts';
import { knownBrowser, knownBrowserCookie } from './guesses/known-browser.ts';
import { changePreferences, readPreferences, rename } from './people-store.ts';
import { tellEverywhere } from './tell-everywhere.ts';

const changeRequest = z.object({
  name: personName.optional(),
  preferences: z
    .object({
      theme,
      language: languageChoice,
      notifyOf,
      titleCount: z.boolean(),
      sound: z.boolean(),
      browserNotifications: z.boolean(),
      /** Minutes without input after which one is away; 0: never. */
      awayAfter,
      /** Whether the first steps are shown; false once they are done or dismissed. */
      getStarted: z.boolean(),
      afterClosing,
      singleKeys: z.boolean(),
    })
    .partial()
    .optional(),
  /** Marks a conversation as unread for oneself, or takes the mark away. */
  mark: z.object({ conversationId: uuid, unread: z.boolean() }).optional(),
});

const answer = own.extend({
  organization: own.shape.organization.extend({ restrict_agents: z.boolean() }),
});

/** The signed-in agent and their preferences. */
export const me = new Hono<AdminEnv>()
  .get('/', described('The signed-in agent.', { 200: answer }), async (context) => {
    const { session: _, ...me } = context.var.signedIn;
    const preferences = await readPreferences(databaseOf(context), me.user.id);
    // The dashboard's first request after signing in.
    const access = authDeps(context);
    const browser = await knownBrowser(access, context.req.raw.headers);
    if (browser?.userId !== me.user.id) {
      context.header('set-cookie', await knownBrowserCookie(access, me.user.id));
    }
    return context.json({ ...me, preferences }, 200);
  })
  .patch(
    '/',
    described('Changes your name, preferences or marks.', { 200: answer }),
    validated('json', changeRequest),
    async (context) => {
      const { session: _, ...me } = context.var.signedIn;
      const { user } = me;
      const { name, preferences: wanted = {}, mark } = context.req.valid('json');
      const db = databaseOf(context);
      if (name !== undefined && name !== user.name) {
        await rename(db, user, name);
        await tellEverywhere(context, { renamed: true });
      }
      const { theme, sound, notifyOf, titleCount, browserNotifications, awayAfter } = wanted;
      const { getStarted, afterClosing, singleKeys, language } = wanted;
      const preferences = await changePreferences(db, user.id, (before) => ({
        ...(theme && { theme }),
        ...(language && { language }),
        ...(sound !== undefined && { sound }),
        ...(notifyOf && { notify_of: notifyOf }),
        ...(titleCount !== undefined && { title_count: titleCount }),
        ...(browserNotifications !== undefined && {
          browser_notifications: browserNotifications,
        }),
        ...(awayAfter !== undefined && { away_after: awayAfter }),
        ...(getStarted !== undefined && { get_started: getStarted }),
        ...(afterClosing && { after_closing: afterClosing }),
        ...(singleKeys !== undefined && { single_keys: singleKeys }),
        ...(mark && {
          marked_unread: withMark(before.marked_unread, mark.conversationId, mark.unread),
        }),
      }));
      const changed = { ...user, name: name ?? user.name };
      return context.json({ ...me, user: changed, preferences }, 200);
    },
  );
