import { z } from 'zod';
import { memberRole } from '../../../protocol/resources/member.ts';
import { packedIds } from '../../kernel/packed-ids.ts';

/**
 * What an agent's socket at the inbox remembers while the object sleeps. The runtime allows an
 * attachment 2,048 bytes: 16 conversation ids and all of the departments fit beside the rest.
 */
export const socketMemory = z.object({
  id: z.string(),
  name: z.string(),
  session_id: z.string(),
  /**
   * What they are in the organization: another role has its sockets come back. Left out by sockets that
   * opened before it was kept.
   */
  role: memberRole.optional(),
  /** As the agent's (worker/conversation/who.ts). */
  departments: packedIds.optional(),
  /** Whether this tab said that nobody uses it; left out: it never said. */
  idle: z.boolean().optional(),
  /** The conversations whose sockets this session opened last, newest first. */
  watching: z.array(z.string()),
});
export type SocketMemory = z.infer<typeof socketMemory>;

export const WATCHED = 16;

/** The list with one more conversation, and those that fell out of it. */
export function watch(
  watching: readonly string[],
  conversationId: string,
): { watching: string[]; dropped: string[] } {
  const next = [conversationId, ...watching.filter((id) => id !== conversationId)];
  return { watching: next.slice(0, WATCHED), dropped: next.slice(WATCHED) };
}
