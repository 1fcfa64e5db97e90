import { z } from 'zod';
import type { DownFrame } from '../../../protocol/frames/down.ts';
import { packedIds } from '../../kernel/packed-ids.ts';
import { agent, visitor } from '../who.ts';

/**
 * What a socket remembers while the object sleeps: its attachment, which the runtime keeps with the
 * socket and which costs no row. The runtime allows 2,048 bytes.
 */
export const peerMemory = z.object({
  who: z.discriminatedUnion('role', [visitor, agent.extend({ departments: packedIds.optional() })]),
  /** Whether it has all that came before, so that new messages may follow. */
  caught_up: z.boolean(),
  /** The last seq that its person has read; kept in the log with the next row that is written. */
  read_seq: z.number().int(),
  /** Whether its visitor's address may write before the organization's object is told. */
  calm: z.boolean().optional(),
  /** Where its visitor is now, once they moved. */
  page: z.object({ url: z.string(), title: z.string() }).optional(),
});
export type PeerMemory = z.infer<typeof peerMemory>;

/** One open socket, as the room knows it. */
export interface Peer {
  readonly memory: PeerMemory;
  remember(change: Partial<Omit<PeerMemory, 'who'>>): void;
  send(frame: DownFrame): void;
  close(code: number, reason: string): void;
}
