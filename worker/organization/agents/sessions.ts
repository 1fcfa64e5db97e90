import { CloseCode } from '../../../protocol/version.ts';
import type { Agent } from '../../conversation/who.ts';
import { COME_BACK } from '../../kernel/sockets/closing.ts';
import type { Revocations } from '../revocations.ts';
import type { Unattended } from '../unattended.ts';
import { watch } from './socket-memory.ts';
import type { AgentSockets } from './sockets.ts';

/** One session of an agent; where `sessionId` is null, all of them. */
type AgentSession = { organizationId: string; userId: string; sessionId: string | null };

type Deps = {
  sockets: AgentSockets;
  unattended: Unattended;
  revocations: Revocations;
  /**
   * Closes the session's sockets at a conversation.
   *
   * @param forGood false where they may come back by themselves
   */
  end: (conversationId: string, session: AgentSession, forGood: boolean) => Promise<void>;
};

/** The conversations that each agent's session has open, so that they end with the session. */
export class Sessions {
  readonly #deps: Deps;

  constructor(deps: Deps) {
    this.#deps = deps;
  }

  /**
   * Notes that a session opens a conversation's socket. Kept in the attachment of the session's
   * inbox socket, where it costs nothing; in a row where the session has none.
   *
   * @returns milliseconds for which nothing of the agent's was revoked: one that was recognised within
   *   them still is who they were
   */
  async watch(agent: Agent, conversationId: string): Promise<number> {
    const { sockets, unattended, revocations } = this.#deps;
    const untouched = revocations.untouched(agent.id, Date.now());
    const [socket] = sockets.openOf(agent.id, agent.session_id);
    if (!socket) {
      unattended.add(agent.id, agent.session_id, [conversationId]);
      return untouched;
    }
    const memory = sockets.memory(socket);
    const { watching, dropped } = watch(memory.watching, conversationId);
    sockets.remember(socket, { ...memory, watching });
    // What the inbox forgets would outlive the session: its socket comes back and is known again.
    const { organization_id: organizationId, id: userId, session_id: sessionId } = agent;
    await this.#end(dropped, { organizationId, userId, sessionId }, false);
    return untouched;
  }

  /**
   * Ends everything that an agent, or one session of theirs, has open: here and in the conversations.
   *
   * @param forGood false where the agent stays signed in: their sockets come back by themselves
   */
  async revoke(session: AgentSession, forGood: boolean): Promise<void> {
    const { sockets, unattended, revocations } = this.#deps;
    const { userId, sessionId } = session;
    revocations.note(userId, Date.now());
    const watched = new Set(unattended.take(userId, sessionId));
    for (const socket of sockets.openOf(userId, sessionId)) {
      const memory = sockets.memory(socket);
      for (const id of memory.watching) watched.add(id);
      // Nothing is left for `closed` to remember.
      sockets.remember(socket, { ...memory, watching: [] });
      if (forGood) socket.close(CloseCode.sessionEnded, 'session_ended');
      else socket.close(COME_BACK, 'come_back');
    }
    await this.#end([...watched], session, forGood);
  }

  /** A page closes its sockets in any order: what it watched outlives its inbox socket. */
  closed(socket: WebSocket): void {
    const { sockets, unattended } = this.#deps;
    const { id, session_id, watching } = sockets.memory(socket);
    if (watching.length > 0) unattended.add(id, session_id, watching);
    sockets.gone(socket);
  }

  async #end(
    conversationIds: readonly string[],
    session: AgentSession,
    forGood: boolean,
  ): Promise<void> {
    await Promise.all(conversationIds.map((id) => this.#deps.end(id, session, forGood)));
  }
}
