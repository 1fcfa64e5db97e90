import { Hono } from 'hono';
import { z } from 'zod';
import { MAX_NAME_LENGTH } from '../../../protocol/limits.ts';
import { notifyOf, theme } from '../../../protocol/preferences.ts';
import { me as answer } from '../../../protocol/team.ts';
import { type AdminEnv, databaseOf } from '../../context.ts';
import { described } from '../../describe.ts';
import { changePreferences, readPreferences, rename } from '../../store/people.ts';
import { validated } from '../../validated.ts';
import { announce, line } from './setup-parts.ts';

const changeRequest = z.object({
  name: line(MAX_NAME_LENGTH).optional(),
  preferences: z
    .object({
      theme,
      notifyOf,
      titleCount: z.boolean(),
      sound: z.boolean(),
      browserNotifications: z.boolean(),
    })
    .partial()
    .optional(),
});

/** Who is signed in, and what they chose for themselves. */
export const me = new Hono<AdminEnv>()
  .get('/', described('Who is signed in.', { 200: answer }), async (context) => {
    const { session: _, ...me } = context.var.signedIn;
    const preferences = await readPreferences(databaseOf(context), me.user.id);
    return context.json({ ...me, preferences }, 200);
  })
  .patch(
    '/',
    described('Changes one’s own name or preferences.', { 200: answer }),
    validated('json', changeRequest),
    async (context) => {
      const { session: _, ...me } = context.var.signedIn;
      const { user } = me;
      const { name, preferences: wanted = {} } = context.req.valid('json');
      const db = databaseOf(context);
      if (name !== undefined && name !== user.name) {
        await rename(db, user.id, name);
        announce(context, 'members');
      }
      const { theme, sound, notifyOf, titleCount, browserNotifications } = wanted;
      const preferences = await changePreferences(db, user.id, {
        ...(theme && { theme }),
        ...(sound !== undefined && { sound }),
        ...(notifyOf && { notify_of: notifyOf }),
        ...(titleCount !== undefined && { title_count: titleCount }),
        ...(browserNotifications !== undefined && {
          browser_notifications: browserNotifications,
        }),
      });
      const changed = { ...user, name: name ?? user.name };
      return context.json({ ...me, user: changed, preferences }, 200);
    },
  );
