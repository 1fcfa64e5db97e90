import { z } from 'zod';

/**
 * What moved Foyer to do something by itself. `unknown` also stands for entries from before actors
 * were kept, and for what a newer version wrote.
 */
const systemCause = z.enum([
  'unknown',
  'snooze_ended',
  'member_left',
  'member_renamed',
  /** The conversation took over what the customer's record says. */
  'customer_record',
  /** The operator of the installation asked for it, with FOYER_OPERATOR_TOKEN. */
  'operator',
  /** The visitor did not answer for as long as the organization waits. */
  'inactivity',
  /** The site said it in a signed token about a registered customer. */
  'identity',
  /** A rule of the organization: `id` and `name` are the rule's. */
  'rule',
]);

/**
 * The person or program that did something. A visitor has no name here: a conversation has one
 * visitor, whose name is the customer's. `cause`: why Foyer did it; `id` and `name`: of the rule or
 * job, where there is one.
 */
export const actor = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('visitor'), id: z.string() }),
  z.object({ kind: z.literal('agent'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('bot'), id: z.string(), name: z.string() }),
  z.object({ kind: z.literal('api_key'), id: z.string(), name: z.string() }),
  z.object({
    kind: z.literal('system'),
    cause: systemCause,
    id: z.string().optional(),
    name: z.string().optional(),
  }),
]);
export type Actor = z.infer<typeof actor>;

/** Foyer itself, for that reason; `id` of the rule, where there is one. */
export function systemFor(cause: z.infer<typeof systemCause>, id?: string): Actor {
  return { kind: 'system', cause, ...(id !== undefined && { id }) };
}

/** A rule of the organization, by the name that it had when it acted. */
export function actorOfRule(rule: { id: string; name: string }): Actor {
  return { kind: 'system', cause: 'rule', id: rule.id, name: rule.name };
}

/** An actor as it was stored. One of a kind that a newer version wrote reads as the system. */
export const storedActor = actor.catch(systemFor('unknown'));

/**
 * Whether a message by this actor answers the visitor. It alone decides the first response time,
 * since when a visitor waits, and the status: only a human agent answers.
 */
export function countsAsAnswer({ kind }: Actor): boolean {
  return kind === 'agent';
}
