import { z } from 'zod';
import { conversationSummary } from './conversation.ts';
import { errorDown } from './down.ts';
import { resourceNames } from './resources.ts';

/** The agents who have a dashboard open; always the whole list. */
export const presence = z.object({
  type: z.literal('presence'),
  online: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** A conversation is new or changed; the higher `version` holds. */
export const conversationChanged = z.object({
  type: z.literal('conversation'),
  conversation: conversationSummary,
});

/** A conversation was handed on: the agents who get this no longer see it (visibility.ts). */
export const conversationGone = z.object({ type: z.literal('gone'), id: z.uuid() });

/** A setting of the organization changed; pages that show it load it again. */
export const settingsChanged = z.object({
  type: z.literal('setup'),
  what: z.enum(resourceNames),
});
export type SettingsChanged = z.infer<typeof settingsChanged>;

/**
 * What the Worker sends on the organization's socket. The browser sends only `ping`; anything else gets an
 * `error`. A browser ignores types it does not know. After every opening of
 * the socket the browser fetches its lists, since what was said meanwhile is not repeated.
 */
export const organizationFrame = z.discriminatedUnion('type', [
  presence,
  conversationChanged,
  conversationGone,
  settingsChanged,
  errorDown,
]);
export type OrganizationFrame = z.infer<typeof organizationFrame>;

/** What a dashboard acts on: it says nothing, so that no `error` concerns it. */
export type OrganizationNews = Exclude<OrganizationFrame, { type: 'error' }>;
