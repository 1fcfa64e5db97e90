import { z } from 'zod';
import { widgetTranslations } from './translations.ts';

const time = z.iso.datetime();

/** How an organization's widget looks and speaks. */
export const widgetSettings = z.object({
  organization: z.object({ id: z.string(), name: z.string() }),
  greeting: z.string().nullable(),
  /** CSS colour `#rrggbb`, or null for Foyer's own. */
  accent: z.string().nullable(),
  locale: z.string(),
});
export type WidgetSettings = z.infer<typeof widgetSettings>;

/** What is set of how it looks beside its colour. */
export const widgetLook = z.object({
  theme: z.enum(['auto', 'light', 'dark']),
  /** The launcher's side; null: where a line ends in the page's direction. */
  position: z.enum(['right', 'left']).nullable(),
  launcher: z.enum(['icon', 'text']),
  /** What a launcher with words says. */
  launcher_text: z.string().nullable(),
});
export type WidgetLook = z.infer<typeof widgetLook>;

/**
 * Which visitors pass a human check before a conversation begins: suspected ones, or all. It asks
 * nobody where the installation has none configured.
 */
export const humanCheckSetting = z.enum(['suspicion', 'always']);
export type HumanCheckSetting = z.infer<typeof humanCheckSetting>;

/** The same with what only those who manage it see. */
export const widgetSettingsRecord = widgetSettings.extend({
  /** What the embed names. */
  public_key: z.string(),
  /** Origins whose pages may show the widget; empty: any. */
  allowed_origins: z.array(z.string()),
  /**
   * When it was opened on a website, noted once a day at most, and on which, where that is one of the
   * allowed origins: what a page says of itself proves nothing. Null when it was not seen yet.
   */
  seen: z.object({ origin: z.string().nullable(), at: time }).nullable(),
  ...widgetLook.shape,
  human_check: humanCheckSetting,
  /** Megabytes of files of one visitor in a day (UTC); null: what the installation allows. */
  visitor_file_megabytes: z.int().nullable(),
  /** Hours after which a conversation closes whose visitor does not answer; null: never. */
  auto_close_hours: z.int().nullable(),
  /** What the visitor is told before it closes. */
  auto_close_message: z.string().nullable(),
  /** Whether the visitor's next message reopens it; otherwise it begins a new conversation. */
  auto_close_reopens: z.boolean(),
  /** The opening hours of the organization; null: always open. */
  schedule_id: z.string().nullable(),
  /** Whether the installation has a human check configured. */
  human_check_available: z.boolean(),
  /** The greeting in further languages. */
  translations: widgetTranslations,
});
export type WidgetSettingsRecord = z.infer<typeof widgetSettingsRecord>;
