import { z } from 'zod';

/** What agents sort conversations with; the colour is `#rrggbb`. */
export const label = z.object({ id: z.uuid(), name: z.string(), color: z.string() });
export type Label = z.infer<typeof label>;

/** Labels of an organization. */
export const MAX_LABELS = 100;
