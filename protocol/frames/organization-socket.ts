import { z } from 'zod';
import { conversationSummary } from '../conversation/conversation.ts';
import { resourceNames } from '../resources/resources.ts';
import { errorDown } from './down.ts';

const person = z.object({ id: z.string(), name: z.string() });

/** The agents who have a dashboard open; always the whole lists. Whoever is in neither is offline. */
export const presence = z.object({
  type: z.literal('presence'),
  /** Those who count as there. */
  online: z.array(person),
  /** Those who chose to be away, or have touched none of their dashboards for a while. */
  away: z.array(person),
});

/** What an agent can choose to be. */
export const AGENT_STATUSES = ['online', 'away'] as const;
export type AgentStatus = (typeof AGENT_STATUSES)[number];

/** An agent chooses their status. It holds on all of their devices until they choose again. */
const chooseStatus = z.object({ type: z.literal('status'), status: z.enum(AGENT_STATUSES) });

/**
 * Whether this tab has gone without input for the time that its agent set. A tab that never says so counts as
 * in use, and an agent is away only once all of their tabs are idle. The tab says it again after each
 * opening of the socket, or opens it with `?idle=true`.
 */
const tellIdle = z.object({ type: z.literal('idle'), idle: z.boolean() });

/** What a dashboard sends on the organization's socket, beside `ping`. */
export const organizationUpFrame = z.discriminatedUnion('type', [chooseStatus, tellIdle]);
export type OrganizationUpFrame = z.infer<typeof organizationUpFrame>;

/** A conversation is new or changed; the higher `version` holds. */
export const conversationChanged = z.object({
  type: z.literal('conversation'),
  conversation: conversationSummary,
});

/** A conversation was handed on: the agents who get this no longer see it (visibility.ts). */
export const conversationGone = z.object({ type: z.literal('gone'), id: z.uuid() });

/**
 * Several conversations changed: as a frame `conversation` for each of the first, and a frame `gone` for
 * each of the second. Sent to dashboards that offer it (CHANGES of version.ts).
 */
export const conversationsChanged = z.object({
  type: z.literal('changes'),
  conversations: z.array(conversationSummary),
  gone: z.array(z.uuid()),
});

/** A setting of the organization changed; pages that show it load it again. */
export const settingsChanged = z.object({
  type: z.literal('setup'),
  what: z.enum(resourceNames),
});
export type SettingsChanged = z.infer<typeof settingsChanged>;

/**
 * What the Worker sends on the organization's socket. What it does not know from a browser gets an
 * `error`. A browser ignores types it does not know. After every opening of
 * the socket the browser fetches its lists, since what was said meanwhile is not repeated.
 */
export const organizationFrame = z.discriminatedUnion('type', [
  presence,
  conversationChanged,
  conversationGone,
  conversationsChanged,
  settingsChanged,
  errorDown,
]);
export type OrganizationFrame = z.infer<typeof organizationFrame>;

/** What a dashboard acts on: it says nothing, so that no `error` concerns it. */
export type OrganizationNews = Exclude<OrganizationFrame, { type: 'error' }>;
