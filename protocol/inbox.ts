import { z } from 'zod';
import { conversationSummary } from './conversation.ts';
import { errorDown } from './down.ts';
import { resourceNames } from './resources.ts';

/** Who of the organization has a dashboard open; the whole list each time. */
export const presence = z.object({
  type: z.literal('presence'),
  online: z.array(z.object({ id: z.string(), name: z.string() })),
});

/** A conversation is new or changed; the higher `version` holds. */
export const inboxConversation = z.object({
  type: z.literal('conversation'),
  conversation: conversationSummary,
});

/** A conversation was handed on, and whoever hears this sees it no more (visibility.ts). */
export const inboxGone = z.object({ type: z.literal('gone'), id: z.uuid() });

/** Something that the organization sets up was changed; whoever shows it asks for it anew. */
export const inboxSetup = z.object({
  type: z.literal('setup'),
  what: z.enum(resourceNames),
});
export type InboxSetup = z.infer<typeof inboxSetup>;

/**
 * What the Worker says on the inbox's socket; nothing but `ping` goes up, and anything else gets an
 * `error`. A browser ignores types it does not know. After every opening of
 * the socket the browser fetches its lists, since what was said meanwhile is not repeated.
 */
export const inboxFrame = z.discriminatedUnion('type', [
  presence,
  inboxConversation,
  inboxGone,
  inboxSetup,
  errorDown,
]);
export type InboxFrame = z.infer<typeof inboxFrame>;

/** What a dashboard acts on: it says nothing, so that no `error` concerns it. */
export type InboxNews = Exclude<InboxFrame, { type: 'error' }>;
