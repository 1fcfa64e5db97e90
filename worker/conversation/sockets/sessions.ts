import { CloseCode } from '../../../protocol/version.ts';
import { COME_BACK } from '../../kernel/sockets/closing.ts';
import type { Room } from '../room/room.ts';
import type { Peer } from './peer.ts';
import type { Sockets } from './sockets.ts';

/** Visitors' sessions with open sockets, and how they end. */

/**
 * The open sockets. A socket whose session is over, or whose visitor is blocked, is closed here and is
 * sent nothing: so a silent socket needs no timer to end.
 */
export function* listening(sockets: Sockets, room: Room | undefined): Iterable<Peer> {
  const now = Date.now();
  for (const peer of sockets.peers()) {
    const refusal = room?.refusalOf(peer.memory.who, now) ?? null;
    if (refusal === null) yield peer;
    else peer.close(refusal === 'blocked' ? CloseCode.blocked : COME_BACK, refusal);
  }
}

/** When the next session of an open socket ends, in milliseconds since 1970; null where none does. */
export function endOfSessions(sockets: Sockets): number | null {
  const now = Date.now();
  const ends = [...sockets.peers()].flatMap(({ memory: { who } }) =>
    who.role === 'visitor' && who.expires_at !== undefined ? [who.expires_at] : [],
  );
  const next = Math.min(...ends.filter((end) => end > now));
  return Number.isFinite(next) ? next : null;
}
