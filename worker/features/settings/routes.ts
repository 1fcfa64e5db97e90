import { Hono } from 'hono';
import { z } from 'zod';
import { pick } from '../../../protocol/conversation/field.ts';
import {
  MAX_AUTO_CLOSE_MESSAGE_LENGTH,
  MAX_FILE_MEGABYTES,
  MAX_GREETING_LENGTH,
  MAX_LAUNCHER_TEXT_LENGTH,
  MAX_ORIGINS,
  MAX_URL_LENGTH,
} from '../../../protocol/limits.ts';
import { changeVersion } from '../../../protocol/resources/live.ts';
import {
  humanCheckSetting,
  widgetLook,
  widgetSettingsRecord,
} from '../../../protocol/widget/widget-settings.ts';
import { recorderOfChange } from '../../activity/record-store.ts';
import { given } from '../../database/given.ts';
import { color, languageTag, text } from '../../http/admin-parts.ts';
import { type AdminEnv, byOf, databaseOf } from '../../http/context.ts';
import { described } from '../../http/description/describe.ts';
import { permit } from '../../http/guards.ts';
import { readOrigin } from '../../http/headers/origins.ts';
import { uuid } from '../../http/input/params.ts';
import { snakeCased } from '../../http/input/snake-case.ts';
import { validated } from '../../http/input/validated.ts';
import { changePolicy } from '../../organization/change-policy.ts';
import { autoCloseHours } from '../auto-close/requests.ts';
import { requireSchedule } from '../schedules/require.ts';
import { widgetTranslationsRequest } from '../translations/requests.ts';
import { published, read } from './published.ts';
import { forgetInstalled, updateSettings } from './store.ts';

const answer = z.object({ settings: widgetSettingsRecord });
const changeAnswer = answer.extend({ version: changeVersion });

const origin = z
  .string()
  .max(MAX_URL_LENGTH)
  .refine((value) => readOrigin(value) !== null, {
    message: 'Only scheme and host, as https://shop.example, without a path or a wildcard.',
  })
  .overwrite((value) => readOrigin(value) ?? value);

/** A text, or null for none; an empty one is none. */
const textOrNull = (max: number) =>
  text(max)
    .nullable()
    .overwrite((value) => value || null);

/** What may be set, each under the name of its column in camelCase (`snakeCased`). */
const changeRequest = z
  .object({
    /** `#rrggbb`; null for Foyer's own. */
    accent: color.nullable(),
    greeting: textOrNull(MAX_GREETING_LENGTH),
    /** A language tag, as `en` or `pt-BR`. */
    locale: languageTag,
    theme: widgetLook.shape.theme,
    position: widgetLook.shape.position,
    launcher: widgetLook.shape.launcher,
    launcherText: textOrNull(MAX_LAUNCHER_TEXT_LENGTH),
    /** The opening hours of the organization; null: always open. */
    scheduleId: uuid.nullable(),
    /** Before whose conversations a human check is asked for, where one is configured. */
    humanCheck: humanCheckSetting,
    /** Megabytes of files of one visitor in a day; null: what the installation allows. */
    visitorFileMegabytes: z.int().min(1).max(MAX_FILE_MEGABYTES).nullable(),
    /** Hours after which a conversation closes whose visitor does not answer; null: never. */
    autoCloseHours: autoCloseHours.nullable(),
    /** What the visitor is told before it closes; null: nothing. */
    autoCloseMessage: textOrNull(MAX_AUTO_CLOSE_MESSAGE_LENGTH),
    /** Whether the visitor's next message reopens it; otherwise it begins a new conversation. */
    autoCloseReopens: z.boolean(),
    /** The greeting in further languages; a language without one is left out. */
    translations: widgetTranslationsRequest,
    allowedOrigins: z
      .array(origin)
      .max(MAX_ORIGINS, `At most ${MAX_ORIGINS} websites.`)
      .overwrite((origins) => [...new Set(origins)]),
  })
  .partial();

/** How the organization's widget looks, speaks, and where it may be shown. */
export const settings = new Hono<AdminEnv>()
  .get(
    '/',
    permit('settings.read'),
    described("The widget's settings.", { 200: answer }),
    async (context) => {
      const { organization_id } = context.var.agent;
      const settings = await read(context.env, databaseOf(context), organization_id);
      return context.json({ settings: settings }, 200);
    },
  )
  .patch(
    '/',
    permit('settings.manage'),
    described("Changes the widget's settings. Allowed origins take up to a minute everywhere.", {
      200: changeAnswer,
    }),
    validated('json', changeRequest),
    async (context) => {
      const { organization_id } = context.var.agent;
      const db = databaseOf(context);
      const change = snakeCased(context.req.valid('json'));
      if (change.schedule_id) await requireSchedule(db, organization_id, change.schedule_id);
      const before = await read(context.env, db, organization_id);
      const record = recorderOfChange(db, byOf(context), {
        kind: 'widget.changed',
        before: recorded(before),
        after: recorded({ ...before, ...given(change) }),
      });
      const write = () => updateSettings(db, organization_id, change, record);
      // What conversations wait by.
      const isPolicy = Object.keys(change).some((name) => name.startsWith('auto_close_'));
      if (isPolicy) await changePolicy(context.env, organization_id, write);
      else await write();
      return context.json(await published(context), 200);
    },
  )
  .delete(
    '/seen',
    permit('settings.manage'),
    described('Forgets where the widget was installed, so that the check starts again.', {
      204: null,
    }),
    async (context) => {
      await forgetInstalled(databaseOf(context), context.var.agent.organization_id);
      await published(context);
      return context.body(null, 204);
    },
  );

/** The settings that a request may change, by the names of their columns. */
const changeable = Object.keys(snakeCased(changeRequest.shape)) as (keyof ReturnType<
  typeof snakeCased<typeof changeRequest.shape>
>)[];

/** What of the settings is in the activity log: all that a request may change. */
function recorded(settings: Awaited<ReturnType<typeof read>>) {
  const { translations, schedule_id, ...others } = pick(settings, changeable);
  return { ...others, opening_hours: schedule_id, languages: translated(translations) };
}

/** The languages with a length, so that a text that changes is seen without being kept. */
const translated = (translations: object) =>
  Object.entries(translations).map(([tag, texts]) => `${tag} (${JSON.stringify(texts).length})`);
