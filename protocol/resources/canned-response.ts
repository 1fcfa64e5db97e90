import { z } from 'zod';

/** A text that agents use again; `{{customer.name}}` and `{{agent.name}}` stand for the names. */
export const cannedResponse = z.object({ id: z.uuid(), shortcut: z.string(), body: z.string() });
export type CannedResponse = z.infer<typeof cannedResponse>;

/** Canned responses of an organization. */
export const MAX_CANNED_RESPONSES = 200;
