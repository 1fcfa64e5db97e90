import type { AgentStatus } from '../../../protocol/frames/organization-socket.ts';

type Person = { id: string; name: string };

/** The agents who are online or away, as the socket last sent them. All others are offline. */
export type Presence = { online: readonly Person[]; away: readonly Person[] };

export const NOBODY_THERE: Presence = { online: [], away: [] };

export function statusOf(id: string, { online, away }: Presence): AgentStatus | 'offline' {
  if (online.some((agent) => agent.id === id)) return 'online';
  return away.some((agent) => agent.id === id) ? 'away' : 'offline';
}

export const STATUS_NAMES = { online: 'Online', away: 'Away', offline: 'Offline' } as const;
