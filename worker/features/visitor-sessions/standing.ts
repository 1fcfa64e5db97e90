import type { Restraint } from '../../conversation/commands/commands.ts';

/** What a customer's record says of the sessions of its visitor. */
export type Standing = {
  blocked_at: Date | null;
  /** Visitor and session tokens that were made before are refused. */
  revoked_before: Date | null;
  /** Session tokens that were made before are refused. */
  sessions_revoked_before: Date | null;
};

/**
 * Why a session may do nothing: one of its visitor's records is blocked, or the session was ended. A
 * block goes first, since a session that is only ended is followed by a new one.
 *
 * @param records of all visitor_ids that the session speaks for
 * @param issuedAt when the session token was made, in milliseconds since 1970
 */
export function refusalOf(
  records: readonly Standing[],
  issuedAt: number,
): 'blocked' | 'session_expired' | null {
  if (records.some(({ blocked_at }) => blocked_at !== null)) return 'blocked';
  const ended = records.some((record) => issuedAt < (restraintOf(record).revoked_before ?? 0));
  return ended ? 'session_expired' : null;
}

/** Whether a visitor token that was made then still says who its browser is. */
export function isForgotten({ revoked_before }: Standing, issuedAt: number): boolean {
  return revoked_before !== null && issuedAt < revoked_before.getTime();
}

/** The same as the objects of the customer's conversations remember it. */
export function restraintOf({
  blocked_at,
  revoked_before,
  sessions_revoked_before,
}: Standing): Restraint {
  const before = Math.max(revoked_before?.getTime() ?? 0, sessions_revoked_before?.getTime() ?? 0);
  return {
    ...(blocked_at && { blocked: true }),
    ...(before > 0 && { revoked_before: before }),
  };
}
