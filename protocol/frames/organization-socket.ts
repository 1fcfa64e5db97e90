import { z } from 'zod';
import { conversationSummary } from '../conversation/conversation.ts';
import { type LiveKind, type LiveRecord, liveKinds } from '../resources/live.ts';
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
export const conversationGone = z.object({
  type: z.literal('gone'),
  id: z.uuid(),
  /** The version with which it went: a state that is not newer does not bring it back. */
  version: z.int().optional(),
});

/**
 * Several conversations changed: as a frame `conversation` for each of the first, and a frame `gone` for
 * each of the second. Sent to dashboards that offer it (CHANGES of version.ts).
 */
export const conversationsChanged = z.object({
  type: z.literal('changes'),
  conversations: z.array(conversationSummary),
  gone: z.array(z.uuid()),
  /** The versions of those in `gone`, in the same order. */
  gone_versions: z.array(z.int()).optional(),
});

/**
 * Records of one kind changed (protocol/resources/live.ts). Sent to agents whose role may read the kind;
 * of records that are not everybody's, each agent gets those that their own list has.
 *
 * Without `items` a dashboard loads the list again, as one that does not know `items` does. It also does
 * so where it misses a number between this `version` and the last.
 */
export const settingsChanged = z.object({
  type: z.literal('setup'),
  what: z.enum(liveKinds),
  /** One more with each change of the same kind. */
  version: z.int().positive().optional(),
  /** The records as they are now, as the list gives them. */
  items: z.array(z.record(z.string(), z.unknown())).optional(),
  /** The ids of those that this agent's list no longer has. */
  removed: z.array(z.string()).optional(),
});

/** The same, with the type of its records. */
export type SettingsChanged = {
  [Kind in LiveKind]: Omit<z.infer<typeof settingsChanged>, 'what' | 'items'> & {
    what: Kind;
    items?: LiveRecord<Kind>[] | undefined;
  };
}[LiveKind];

/**
 * The first frame on a new socket: for each kind that ever changed the number of its last change, and
 * how many milliseconds ago that was. A dashboard that has seen it all loads nothing again.
 */
export const versionsNow = z.object({
  type: z.literal('versions'),
  versions: z.partialRecord(
    z.enum(liveKinds),
    z.object({ version: z.int().positive(), age: z.int().nonnegative() }),
  ),
});
export type VersionsNow = z.infer<typeof versionsNow>;

/**
 * What the Worker sends on the organization's socket. What it does not know from a browser gets an
 * `error`. A browser ignores types it does not know. After every opening of
 * the socket the browser fetches what it missed, since what was said meanwhile is not repeated.
 */
export const organizationFrame = z.discriminatedUnion('type', [
  presence,
  conversationChanged,
  conversationGone,
  conversationsChanged,
  settingsChanged,
  versionsNow,
  errorDown,
]);
export type OrganizationFrame = z.infer<typeof organizationFrame>;

/** What a dashboard acts on: it says nothing, so that no `error` concerns it. */
export type OrganizationNews =
  | Exclude<OrganizationFrame, { type: 'error' | 'setup' }>
  | SettingsChanged;
