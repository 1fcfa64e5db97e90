import type { Message } from '../message.ts';

/**
 * The messages with those added, in order of seq and without doubles (P3). What is already there
 * stays the same object, so that a view redraws only what is new; with nothing new, the same array
 * comes back.
 */
export function addMessages(
  messages: readonly Message[],
  added: readonly Message[],
): readonly Message[] {
  const known = new Set(messages.map((message) => message.seq));
  const fresh = added.filter((message) => !known.has(message.seq) && known.add(message.seq));
  if (fresh.length === 0) return messages;
  return [...messages, ...fresh].sort((a, b) => a.seq - b.seq);
}

/** The highest seq among them, at least `floor`. */
export function highestSeq(messages: readonly Message[], floor: number): number {
  return messages.reduce((highest, message) => Math.max(highest, message.seq), floor);
}
