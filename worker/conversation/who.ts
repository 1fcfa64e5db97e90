import { z } from 'zod';
import type { MemberRole } from '../../protocol/resources/member.ts';
import { registeredVisitorId } from '../auth/identity.ts';

/** The header in which the Worker names the person that it has verified. */
export const WHO_HEADER = 'x-foyer-who';

/**
 * The people who open conversations: visitors and agents. The Worker has verified them (by token or
 * cookie) before any object wakes; the object checks only that the conversation is theirs.
 */

/** The id of the request, for the object's log. No socket keeps it. */
type OnRequest = { request?: string | undefined };

export const visitor = z.object({
  role: z.literal('visitor'),
  organization_id: z.string(),
  visitor_id: z.string(),
  /** The registered customer who sits before this browser, when the site vouches for them. */
  customer_id: z.string().optional(),
  /** When the session token was made, in milliseconds since 1970; sockets of older versions have none. */
  issued_at: z.number().optional(),
  /** When it ends, likewise. */
  expires_at: z.number().optional(),
  /** The name of their address for quotas (features/quotas/address-key.ts). */
  address: z.string().max(32).optional(),
  /** What the human check knows of them (features/human-check/proof.ts). */
  suspected: z.boolean().optional(),
  checked_until: z.number().optional(),
});
export type Visitor = z.infer<typeof visitor> & OnRequest;

/**
 * The visitor_ids under which this visitor has conversations: a registered customer's own first, then
 * the browser's from before somebody signed in.
 */
export function visitorIdsOf({ visitor_id, customer_id }: Visitor): string[] {
  return customer_id === undefined ? [visitor_id] : [registeredVisitorId(customer_id), visitor_id];
}

/** The session that a visitor comes with, as the check of its records takes it. */
export function sessionOf(visitor: Visitor): { visitor_ids: string[]; issued_at?: number } {
  const { issued_at } = visitor;
  return { visitor_ids: visitorIdsOf(visitor), ...(issued_at !== undefined && { issued_at }) };
}

/** The visitor_id that new conversations go to. */
export function ownVisitorId(visitor: Visitor): string {
  return visitorIdsOf(visitor)[0] ?? visitor.visitor_id;
}

export const agent = z.object({
  role: z.literal('agent'),
  organization_id: z.string(),
  id: z.string(),
  name: z.string(),
  session_id: z.string(),
  /** The departments whose conversations they see (protocol/conversation/visibility.ts); left out: all. */
  departments: z.array(z.string()).optional(),
});
/** `member_role`: what they may do; it stays with the request, and no socket keeps it. */
export type Agent = z.infer<typeof agent> & OnRequest & { member_role?: MemberRole | undefined };

export const who = z.discriminatedUnion('role', [visitor, agent]);
export type Who = z.infer<typeof who> & OnRequest;

/** Whether a visitor's session is past its time. */
export function hasEnded(who: Who, now: number): boolean {
  return who.role === 'visitor' && who.expires_at !== undefined && who.expires_at <= now;
}
