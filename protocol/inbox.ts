import { z } from 'zod';
import { conversationSummary } from './conversation.ts';

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

/**
 * What the Worker says on the inbox's socket; nothing but `ping` goes up. After every opening of
 * the socket the browser fetches its lists, since what was said meanwhile is not repeated.
 */
export const inboxFrame = z.discriminatedUnion('type', [presence, inboxConversation]);
export type InboxFrame = z.infer<typeof inboxFrame>;
