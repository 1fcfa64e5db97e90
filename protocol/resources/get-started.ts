import { z } from 'zod';
import { widgetSettingsRecord } from '../widget/widget-settings.ts';

/** How far a new organization is, read from what is there: nothing of it is stored. */
export const getStarted = z.object({
  /** What the line for the site is written from, and where the widget was opened. */
  widget: widgetSettingsRecord.pick({
    public_key: true,
    accent: true,
    position: true,
    launcher: true,
    launcher_text: true,
    seen: true,
  }),
  /** Whether Foyer's own test page may show the widget: any website may, where none is named. */
  test_page: z.boolean(),
  /** Whether anybody ever started a conversation. */
  conversation: z.boolean(),
  /** Whether visitors can choose between departments, or one asks them something first. */
  departments: z.boolean(),
  /** Whether there is a colleague, or a pending invitation. */
  team: z.boolean(),
});
export type GetStarted = z.infer<typeof getStarted>;
