import { memberRole } from '../../../protocol/resources/member.ts';
import { CHANGES } from '../../../protocol/version.ts';
import { agent, WHO_HEADER } from '../../conversation/who.ts';
import { subprotocols } from '../../kernel/sockets/subprotocol.ts';
import type { SocketMemory } from './socket-memory.ts';

/** The agent of a new socket. A Worker of the version before leaves the role out. */
const newcomer = agent.extend({ member_role: memberRole.optional() });

/** A dashboard that opens a socket. The Worker has verified its agent. */
export type Newcomer = {
  organizationId: string;
  memory: SocketMemory;
  /** Whether it knows the frame `changes`. */
  takesChanges: boolean;
};

/** Reads the request that opens a socket. */
export function readNewcomer(request: Request): Newcomer {
  const { organization_id, id, name, session_id, departments, member_role } = newcomer.parse(
    JSON.parse(request.headers.get(WHO_HEADER) ?? 'null'),
  );
  const idle = new URL(request.url).searchParams.get('idle') === 'true' || undefined;
  return {
    organizationId: organization_id,
    memory: { id, name, session_id, role: member_role, departments, idle, watching: [] },
    takesChanges: subprotocols(request).includes(CHANGES),
  };
}
